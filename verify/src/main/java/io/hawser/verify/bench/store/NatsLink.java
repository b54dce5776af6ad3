package io.hawser.verify.bench.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * One connection to a NATS server, with as much of its client protocol as the benchmark needs: {@code PUB}, {@code SUB},
 * {@code MSG}, {@code PING}. One thread may write while another reads.
 */
final class NatsLink implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;

    /**
     * A message that came.
     *
     * @param reply where to answer; empty if nobody waits
     * @param payload what it holds, as text
     */
    record Delivery(String reply, String payload) {}

    private NatsLink(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    static NatsLink to(InetSocketAddress server) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.setTcpNoDelay(true);
        NatsLink link = new NatsLink(socket);
        link.line();
        link.send("CONNECT {\"verbose\":false,\"pedantic\":false,\"no_responders\":false}\r\nPING\r\n");
        link.flush();
        if (!link.line().equals("PONG")) {
            throw new IOException("the NATS server did not answer the first PING");
        }
        return link;
    }

    void subscribe(String subject, int id) throws IOException {
        send("SUB " + subject + " " + id + "\r\n");
        flush();
    }

    /** Publishes, with {@code reply} as the place to answer unless it is empty; written out by {@link #flush}. */
    void publish(String subject, String reply, byte[] payload) throws IOException {
        send("PUB " + subject + (reply.isEmpty() ? " " : " " + reply + " ") + payload.length + "\r\n");
        out.write(payload);
        send("\r\n");
    }

    /** Acknowledges what came with this reply subject. */
    void acknowledge(String reply) throws IOException {
        send("PUB " + reply + " 4\r\n+ACK\r\n");
    }

    void flush() throws IOException {
        out.flush();
    }

    /** True if more has arrived than was read. */
    boolean isBuffered() {
        return from < to;
    }

    /** The next message; waits for it. */
    Delivery next() throws IOException {
        while (true) {
            String line = line();
            if (line.startsWith("MSG ")) {
                String[] words = line.split(" ", -1);
                String payload = text(Integer.parseInt(words[words.length - 1]));
                line();
                return new Delivery(words.length == 5 ? words[3] : "", payload);
            }
            if (line.equals("PING")) {
                send("PONG\r\n");
                flush();
            } else if (line.startsWith("-ERR")) {
                throw new IOException("the NATS server says " + line);
            }
        }
    }

    /** Asks JetStream for something and returns its answer. */
    String request(String subject, String json) throws IOException {
        subscribe("_INBOX.admin", 1);
        publish(subject, "_INBOX.admin", json.getBytes(UTF_8));
        send("UNSUB 1 1\r\n");
        flush();
        String answer = next().payload();
        if (answer.contains("\"error\"")) {
            throw new IOException(subject + ": " + answer);
        }
        return answer;
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(80);
        for (int next = octet(); next != '\n'; next = octet()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private String text(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) octet();
        }
        return new String(bytes, UTF_8);
    }

    private int octet() throws IOException {
        if (from == to) {
            from = 0;
            to = in.read(buffer);
            if (to < 0) {
                to = 0;
                throw new IOException("the NATS server closed the connection");
            }
        }
        return buffer[from++];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
