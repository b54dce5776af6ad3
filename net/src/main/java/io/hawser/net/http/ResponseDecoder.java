package io.hawser.net.http;

import io.hawser.net.NetLimits;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Netty's decoder, which must be told when an answer to HEAD comes: it announces a body and has none. */
final class ResponseDecoder extends HttpResponseDecoder {
    private boolean head;

    ResponseDecoder(NetLimits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeaderBytes())
                .setMaxHeaderSize(limits.maxHeaderBytes()));
    }

    void expect(String method) {
        head = method.equals("HEAD");
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return head || super.isContentAlwaysEmpty(message);
    }
}
