package io.hawser.net.http;

import io.hawser.net.NetLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's decoder, which also tells the connection that something came, before it is a request. */
final class RequestDecoder extends HttpRequestDecoder {
    private final NioHttp connection;

    RequestDecoder(NetLimits limits, NioHttp connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeaderBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes()));
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
        connection.heard();
        super.channelRead(ctx, bytes);
    }
}
