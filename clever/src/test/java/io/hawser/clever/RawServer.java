package io.hawser.clever;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that does what a test wants, one connection at a time. */
final class RawServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int WINDOW = 8 * 1024;

    private final ServerSocket listener = new ServerSocket();

    RawServer() throws IOException {
        listener.setReceiveBufferSize(WINDOW);
        listener.setSoTimeout(PATIENCE_MILLIS);
        listener.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    Link accept() throws IOException {
        Socket socket = listener.accept();
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Link(socket, new DataInputStream(socket.getInputStream()));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** One connection. */
    record Link(Socket socket, DataInputStream in) implements AutoCloseable {
        /** Header and content of the next frame that is no hello. */
        String frame() throws IOException {
            String frame = MalformedTest.frame(in);
            return frame.contains("\"hawser-kind\": \"hello\"") ? frame() : frame;
        }

        void say(RawFrame frame) throws IOException {
            socket.getOutputStream().write(frame.bytes());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
