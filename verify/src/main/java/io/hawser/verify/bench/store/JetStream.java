package io.hawser.verify.bench.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * NATS JetStream over loopback: one replica, file storage with the server's own settings, which acknowledges before it syncs.
 * One thread publishes, another reads what opens the window: the acknowledgements of the server, or in the steady scenario the
 * deliveries, each of which it acknowledges.
 */
final class JetStream implements Contender {
    private static final String ACKNOWLEDGED = "_INBOX.ack";

    private final NatsServer server;
    private final NatsLink publisher;
    private final NatsLink hearer;
    private final String subject;
    /** Where the server answers; empty if nobody reads it. */
    private final String reply;

    private final int bytes;
    private final Semaphore window = new Semaphore(WINDOW);
    private volatile @Nullable IOException failure;
    private long published;

    private JetStream(NatsServer server, NatsLink publisher, NatsLink hearer, String subject, String reply, int bytes) {
        this.server = server;
        this.publisher = publisher;
        this.hearer = hearer;
        this.subject = subject;
        this.reply = reply;
        this.bytes = bytes;
        Thread hearing = new Thread(this::hear, "nats-" + subject);
        hearing.setDaemon(true);
        hearing.start();
    }

    /** Only published. */
    static JetStream appends(NatsServer server, int bytes) throws IOException {
        NatsLink link = NatsLink.to(server.address());
        createStream(link, "appends", "limits");
        link.subscribe(ACKNOWLEDGED, 2);
        return new JetStream(server, link, link, "appends", ACKNOWLEDGED, bytes);
    }

    /** Delivered and acknowledged too; the server need not acknowledge what it delivers. */
    static JetStream steady(NatsServer server, int bytes) throws IOException {
        NatsLink publisher = NatsLink.to(server.address());
        createStream(publisher, "steady", "workqueue");
        NatsLink consumer = NatsLink.to(server.address());
        consumer.subscribe("deliver", 2);
        consumer.request("$JS.API.CONSUMER.DURABLE.CREATE.steady.c", String.format(Locale.ROOT, """
                {"stream_name":"steady","config":{"durable_name":"c","deliver_subject":"deliver",\
                "ack_policy":"explicit","max_ack_pending":%d}}""", WINDOW));
        return new JetStream(server, publisher, consumer, "steady", "", bytes);
    }

    private static void createStream(NatsLink link, String name, String retention) throws IOException {
        link.request("$JS.API.STREAM.CREATE." + name, String.format(Locale.ROOT, """
                {"name":"%s","subjects":["%s"],"retention":"%s","storage":"file","num_replicas":1}""", name, name, retention));
    }

    private void hear() {
        try {
            while (true) {
                NatsLink.Delivery came = hearer.next();
                if (reply.isEmpty()) {
                    hearer.acknowledge(came.reply());
                    if (!hearer.isBuffered()) {
                        hearer.flush();
                    }
                } else if (came.payload().contains("\"error\"")) {
                    throw new IOException("JetStream refused: " + came.payload());
                }
                window.release();
            }
        } catch (IOException ended) {
            failure = ended;
            window.release(WINDOW);
        }
    }

    @Override
    public Measure round(Duration time) throws IOException {
        long start = System.nanoTime();
        long first = published;
        while (System.nanoTime() - start < time.toNanos()) {
            if (!window.tryAcquire()) {
                publisher.flush();
                window.acquireUninterruptibly();
            }
            IOException broken = failure;
            if (broken != null) {
                throw broken;
            }
            byte[] body = new byte[bytes];
            ByteBuffer.wrap(body).putLong(published++);
            publisher.publish(subject, reply, body);
        }
        publisher.flush();
        window.acquireUninterruptibly(WINDOW);
        window.release(WINDOW);
        return new Measure(published - first, System.nanoTime() - start);
    }

    @Override
    public Duration processorTime() {
        return Contender.super
                .processorTime()
                .plus(Contender.processorTime(server.process().toHandle()));
    }

    @Override
    public void close() throws IOException {
        publisher.close();
        hearer.close();
    }
}
