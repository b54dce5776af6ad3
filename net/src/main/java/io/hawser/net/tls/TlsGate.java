package io.hawser.net.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.AttributeKey;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Stands behind the TLS handler until hands are shaken, so that the handlers behind it hear of a connection only then,
 * and never of one that failed.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {
    /** The certificate that the other side has shown, and that is believed. */
    static final AttributeKey<X509Certificate> PEER = AttributeKey.valueOf(TlsGate.class, "peer");

    private final SslHandler tls;
    private final Duration limit;
    private final Consumer<String> failed;

    private TlsGate(SslHandler tls, Duration limit, Consumer<String> failed) {
        this.tls = tls;
        this.limit = limit;
        this.failed = failed;
    }

    static void guard(Channel channel, SslHandler tls, Duration limit, Consumer<String> failed) {
        tls.setHandshakeTimeoutMillis(limit.toMillis());
        channel.pipeline().addLast("tls", tls).addLast("gate", new TlsGate(tls, limit, failed));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // Told when hands are shaken.
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // The handshake has failed, and that was told.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            ctx.close();
        } else if (handshake.isSuccess()) {
            keepPeer(ctx.channel());
            ctx.fireChannelActive();
            ctx.pipeline().remove(this);
        } else {
            ctx.close();
            failed.accept("TLS failed: " + words(handshake.cause()));
        }
    }

    /** Whose certificate was shown, if the server asked for one. */
    private void keepPeer(Channel channel) {
        SSLEngine engine = tls.engine();
        if (!engine.getUseClientMode() && (engine.getWantClientAuth() || engine.getNeedClientAuth())) {
            try {
                if (engine.getSession().getPeerCertificates()[0] instanceof X509Certificate shown) {
                    channel.attr(PEER).set(shown);
                }
            } catch (SSLPeerUnverifiedException none) {
                channel.attr(PEER).set(null);
            }
        }
    }

    private String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the server's certificate has expired; the server needs a new one";
            } else if (cause instanceof CertificateNotYetValidException) {
                return "the server's certificate is not valid yet; check the clocks";
            } else if (cause instanceof CertPathBuilderException) {
                return "nobody whom this client trusts has signed the server's certificate; trust its authority";
            } else if (cause instanceof SslHandshakeTimeoutException) {
                return "no handshake within " + limit.toMillis() + " ms";
            } else if (cause instanceof NotSslRecordException) {
                return "the server does not speak TLS on this port";
            } else if (cause instanceof ClosedChannelException) {
                return "the server ended the TCP connection";
            } else if (cause instanceof CertificateException && cause.getCause() == null) {
                return "the server's certificate is for another host: " + cause.getMessage();
            }
        }
        return String.valueOf(failure.getMessage());
    }
}
