package io.hawser.verify.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Netty alone, as its examples use it: every published text goes to every subscriber as it came, its op turned into that of
 * an event. It parses nothing, matches nothing and keeps nothing: what is left is the price of WebSocket.
 */
final class RelayProgram {
    /** Where the number of the op stands, which comes first. */
    private static final int OP = 6;

    private final List<Channel> subscribers = new CopyOnWriteArrayList<>();

    private RelayProgram() {}

    /** Says its port on its output and lives until its input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        try {
            RelayProgram relay = new RelayProgram();
            Channel listener = new ServerBootstrap()
                    .group(loops)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(
                                            new HttpServerCodec(),
                                            new HttpObjectAggregator(8192),
                                            new WebSocketServerProtocolHandler("/channel", "v1.eftl.tibco.com"),
                                            relay.new Party());
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            System.out.println(HubProgram.READY + ((InetSocketAddress) listener.localAddress()).getPort());
            while (System.in.read() >= 0) {
                // whoever started it ends it by closing its input
            }
        } finally {
            loops.shutdownGracefully();
        }
    }

    /** One connection. */
    private final class Party extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            ByteBuf text = frame.content();
            switch (text.getByte(OP)) {
                case '8' -> {
                    text.setByte(OP, '7');
                    subscribers.forEach(each -> each.write(new TextWebSocketFrame(text.retainedDuplicate())));
                }
                case '3' -> {
                    subscribers.add(context.channel());
                    context.writeAndFlush(new TextWebSocketFrame("{\"op\":4,\"id\":\"1\"}"));
                }
                default -> context.writeAndFlush(new TextWebSocketFrame("{\"op\":2,\"client_id\":\"x\"}"));
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            subscribers.forEach(Channel::flush);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            subscribers.remove(context.channel());
        }
    }
}
