package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** An agent made of bare sockets, which says exactly the bytes that a test wants. */
public final class RawAgent implements AutoCloseable {
    private static final int PATIENCE = 5_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final int busPort;
    private final DatagramChannel bus;
    private final ServerSocket listener;

    public RawAgent(int busPort) throws IOException {
        this(busPort, 0);
    }

    public RawAgent(int busPort, int port) throws IOException {
        this.busPort = busPort;
        this.bus = DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .setOption(StandardSocketOptions.SO_REUSEPORT, true)
                .setOption(StandardSocketOptions.SO_BROADCAST, true)
                .bind(new InetSocketAddress(busPort));
        this.listener = new ServerSocket(port, 50, LOOPBACK);
        listener.setSoTimeout(PATIENCE);
    }

    /** A UDP port that nobody uses now. */
    public static int freeBusPort() {
        try (DatagramSocket probe = new DatagramSocket()) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void hello(String id, String name) throws IOException {
        datagram(("3 " + port() + " " + id + " " + name + "\n").getBytes(UTF_8));
    }

    public void datagram(byte[] payload) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            socket.send(new DatagramPacket(payload, payload.length, new InetSocketAddress("127.255.255.255", busPort)));
        }
    }

    /** The next hello on the bus that is not our own. */
    public String hear() throws IOException {
        byte[] buffer = new byte[4_096];
        bus.socket().setSoTimeout(PATIENCE);
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        bus.socket().receive(packet);
        return new String(buffer, 0, packet.getLength(), UTF_8);
    }

    /** Somebody has heard us and connects. */
    public Wire accept() throws IOException {
        return new Wire(listener.accept());
    }

    /** True if somebody connects within {@code millis}. */
    public boolean isCalled(int millis) throws IOException {
        listener.setSoTimeout(millis);
        try (Socket socket = listener.accept()) {
            return socket.isConnected();
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            listener.setSoTimeout(PATIENCE);
        }
    }

    /** We have heard somebody and connect. */
    public Wire connect(int port) throws IOException {
        return new Wire(new Socket(LOOPBACK, port));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        bus.close();
    }

    /** One connection, byte by byte. */
    public static final class Wire implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        private Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE);
        }

        public int localPort() {
            return socket.getLocalPort();
        }

        public void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
        }

        /** The bytes from {@code from} to before {@code to}, in a segment of their own. */
        void say(byte[] bytes, int from, int to) throws IOException {
            socket.getOutputStream().write(bytes, from, to - from);
        }

        /** Each byte in a segment of its own. */
        public void sayByteByByte(byte[] bytes) throws IOException {
            for (byte b : bytes) {
                socket.getOutputStream().write(b);
                socket.getOutputStream().flush();
            }
        }

        /** Says nothing more, and hears on. */
        void end() throws IOException {
            socket.shutdownOutput();
        }

        /** The next {@code count} bytes, one char each; fewer if the connection ends. */
        public String read(int count) throws IOException {
            return new String(in.readNBytes(count), ISO_8859_1);
        }

        /** All until the connection ends. */
        String readAll() throws IOException {
            return new String(in.readAllBytes(), UTF_8);
        }

        /** As many bytes as {@code expected} has. */
        public String readLike(String expected) throws IOException {
            return new String(in.readNBytes(expected.getBytes(UTF_8).length), UTF_8);
        }

        /** The next line, without LF. */
        public String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("ended after '" + line + "'");
                }
                line.append((char) b);
            }
            return line.toString();
        }

        /** True if the other side has ended the connection and said nothing more. */
        public boolean isEnded() throws IOException {
            return in.read() < 0;
        }

        /** True if nothing comes within {@code millis}. */
        public boolean isQuiet(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                return in.read() < 0;
            } catch (SocketTimeoutException e) {
                return true;
            } finally {
                socket.setSoTimeout(PATIENCE);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
