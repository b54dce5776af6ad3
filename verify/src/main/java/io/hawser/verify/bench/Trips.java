package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A request and its answer, in each protocol. */
public final class Trips {
    private static final String KEY = "p4";
    private static final String BODY = "x".repeat(100);

    private Trips() {}

    /** Two parties, of which one asks and the other answers. */
    public interface Trip extends AutoCloseable {
        /** Asks, and returns when the answer is there. */
        void ask() throws IOException;

        /** Waits for one request, and answers it. */
        void answer() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A request of eFTL: ops 13, 7, 15 and 14 ({@code specs/eftl.md} 1.12). */
    static final class Eftl implements Trip {
        private final Wire asking;
        private final Wire answering;
        private long asked;
        private long answered;

        Eftl(InetSocketAddress hub) throws IOException {
            asking = Wire.to(hub, new EftlDialect(true), "p4-asks", "");
            answering = Wire.to(hub, new EftlDialect(true), "p4-answers", KEY);
        }

        @Override
        public void ask() throws IOException {
            asking.say("{\"op\":13,\"seq\":" + ++asked + ",\"body\":{\"k\":\"" + KEY + "\",\"p\":\"" + BODY + "\"}}");
            String start = "{\"op\":14,\"seq\":" + asked + ",\"body\"";
            for (String said = asking.hear(); !said.startsWith(start); said = asking.hear()) {
                expect(said.startsWith("{\"op\":0"), said);
            }
        }

        @Override
        public void answer() throws IOException {
            String said = answering.hear();
            while (!said.startsWith("{\"op\":7,")) {
                expect(said.startsWith("{\"op\":9,") || said.startsWith("{\"op\":0"), said);
                said = answering.hear();
            }
            answering.say(
                    "{\"op\":9,\"id\":\"1\",\"seq\":" + member(said, "seq") + "}",
                    "{\"op\":15,\"seq\":" + ++answered + ",\"to\":" + member(said, "reply_to") + ",\"req\":"
                            + member(said, "req") + ",\"body\":{\"p\":\"" + BODY + "\"}}");
        }

        private static String member(String json, String name) {
            int start = json.indexOf("\"" + name + "\":") + name.length() + 3;
            return json.substring(start, json.indexOf(',', start));
        }

        @Override
        public void close() throws IOException {
            asking.close();
            answering.close();
        }
    }

    /** A request of NATS: an inbox as the subject of the answer. */
    static final class Nats implements Trip {
        private static final String INBOX = "_INBOX.p4";

        private final Wire asking;
        private final Wire answering;

        Nats(InetSocketAddress server) throws IOException {
            asking = Wire.to(server, new NatsDialect(), "p4-asks", INBOX);
            answering = Wire.to(server, new NatsDialect(), "p4-answers", KEY);
        }

        private static byte[] publication(String subjects) {
            return ("PUB " + subjects + " " + BODY.length() + "\r\n" + BODY + "\r\n").getBytes(US_ASCII);
        }

        private static String[] take(Wire wire) throws IOException {
            String line = wire.line();
            while (!line.startsWith("MSG ")) {
                line = wire.line();
            }
            expect(wire.text(BODY.length() + 2).startsWith(BODY), line);
            return line.split(" ", -1);
        }

        @Override
        public void ask() throws IOException {
            asking.send(publication(KEY + " " + INBOX));
            take(asking);
        }

        @Override
        public void answer() throws IOException {
            answering.send(publication(take(answering)[3]));
        }

        @Override
        public void close() throws IOException {
            asking.close();
            answering.close();
        }
    }

    /** MQTT 3.1.1, which knows no requests: one topic there, one back, QoS 0. */
    static final class Mqtt implements Trip {
        private static final String BACK = "p4-back";

        private final Wire asking;
        private final Wire answering;

        Mqtt(InetSocketAddress broker) throws IOException {
            asking = Wire.to(broker, new MqttDialect(), "p4-asks", BACK);
            answering = Wire.to(broker, new MqttDialect(), "p4-answers", KEY);
        }

        private static byte[] publication(String topic) {
            return MqttDialect.packet(MqttDialect.PUBLISH, MqttDialect.string(topic), BODY.getBytes(US_ASCII));
        }

        private static void take(Wire wire) throws IOException {
            expect(wire.octet() == MqttDialect.PUBLISH, "a packet");
            expect(wire.text(wire.octet()).endsWith(BODY), "a body");
        }

        @Override
        public void ask() throws IOException {
            asking.send(publication(KEY));
            take(asking);
        }

        @Override
        public void answer() throws IOException {
            take(answering);
            answering.send(publication(BACK));
        }

        @Override
        public void close() throws IOException {
            asking.close();
            answering.close();
        }
    }

    /** As many trips as fit in {@code time}, one at a time: nanoseconds each, sorted. */
    public static long[] round(Trip trip, Duration time) throws IOException {
        long[] taken = new long[1 << 20];
        int count = 0;
        long start = System.nanoTime();
        for (long now = start; now - start < time.toNanos() && count < taken.length; count++) {
            trip.ask();
            long answered = System.nanoTime();
            taken[count] = answered - now;
            now = answered;
        }
        long[] sorted = Arrays.copyOf(taken, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** What {@code part} of the trips of a round took at most, in microseconds: the median of {@code rounds}. */
    public static double micros(List<long[]> rounds, double part) {
        double[] each = rounds.stream()
                .mapToDouble(round -> round[(int) (part * (round.length - 1))] / 1e3)
                .sorted()
                .toArray();
        return each[each.length / 2];
    }

    /** TCP with nobody between. */
    public static final class Echo implements Trip {
        private final Wire asking;
        private final SocketChannel answering;
        private final ByteBuffer echoed = ByteBuffer.allocate(BODY.length());

        /** Two ends of one connection on loopback. */
        public Echo() throws IOException {
            try (ServerSocketChannel listener =
                    ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                asking = Wire.to((InetSocketAddress) listener.getLocalAddress());
                answering = listener.accept();
            }
            answering.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }

        @Override
        public void ask() throws IOException {
            asking.send(BODY.getBytes(US_ASCII));
            asking.bytes(BODY.length());
        }

        @Override
        public void answer() throws IOException {
            echoed.clear();
            while (echoed.hasRemaining()) {
                expect(answering.read(echoed) >= 0, "bytes");
            }
            answering.write(echoed.flip());
        }

        @Override
        public void close() throws IOException {
            asking.close();
            answering.close();
        }
    }

    private static void expect(boolean fine, String said) throws IOException {
        if (!fine) {
            throw new IOException("unexpected: " + said);
        }
    }
}
