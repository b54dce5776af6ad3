package io.hawser.verify.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One publisher and its subscribers, served by one thread with one selector; the same code for every broker.
 *
 * <p>The publisher is never more than {@value #WINDOW} messages ahead: of the broker's acknowledgements if it asked for
 * them, else of what the first subscriber has received. What the window admits is written at once, up to
 * {@value #WRITE} bytes a write. Every delivery is parsed and its number checked.
 *
 * <p>Owner of all fields: the thread that calls.
 */
final class Fleet implements AutoCloseable {
    /** How far the publisher may be ahead. */
    static final int WINDOW = 1000;

    /** The most bytes that are written at once. */
    static final int WRITE = 64 * 1024;

    /** The most bytes that are read at once: well more than is written, so that the loader can always catch up. */
    private static final int READ = 256 * 1024;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LOOK_MILLIS = 50;

    private final Selector selector;
    private final Link publisher;
    private final List<Link> subscribers = new ArrayList<>();
    private final Publication publication;
    private final boolean acknowledged;
    private final ByteBuffer out = ByteBuffer.allocateDirect(WRITE);
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ);
    private final SelectionKey writing;
    private long next = Publication.FIRST;
    private long arrived;

    private Fleet(Selector selector, Link publisher, Publication publication, boolean acknowledged) throws IOException {
        this.selector = selector;
        this.publisher = publisher;
        this.publication = publication;
        this.acknowledged = acknowledged;
        this.writing = register(publisher);
    }

    /**
     * Connects everybody.
     *
     * @param key what is published under and subscribed to, of nobody else
     */
    static Fleet join(
            InetSocketAddress broker, Dialect dialect, String key, Load load, int subscribers, boolean acknowledged)
            throws IOException {
        Fleet fleet = new Fleet(
                Selector.open(),
                Link.to(broker, dialect, key + "-publisher"),
                dialect.publication(key, load.bytes(), acknowledged),
                acknowledged);
        for (int i = 0; i < subscribers; i++) {
            Link subscriber = Link.to(broker, dialect, key + "-" + i);
            dialect.subscribe(subscriber.channel(), key);
            fleet.register(subscriber);
            fleet.subscribers.add(subscriber);
        }
        return fleet;
    }

    private SelectionKey register(Link link) throws IOException {
        link.channel().configureBlocking(false);
        return link.channel().register(selector, SelectionKey.OP_READ, link);
    }

    /** Publishes for {@code time}, and waits until everything has arrived or nothing more does. */
    Round round(Duration time) throws IOException {
        long first = next;
        subscribers.forEach(subscriber -> subscriber.tally().expect(first));
        long disordered = disordered();
        arrived = 0;
        long start = System.nanoTime();
        long last = drive(first, start, start + time.toNanos());
        long published = next - first;
        return new Round(
                published,
                arrived,
                Math.max(0, published * subscribers.size() - arrived),
                disordered() - disordered,
                last - start);
    }

    /** Returns when the last delivery came. */
    private long drive(long first, long start, long end) throws IOException {
        long last = start;
        long now = start;
        while (now - last <= PATIENCE_NANOS && (now < end || unfinished(first))) {
            if (now < end) {
                fill();
            }
            flush();
            long before = arrived;
            selector.select(this::ready, LOOK_MILLIS);
            now = System.nanoTime();
            if (arrived > before) {
                last = now;
            }
        }
        return last;
    }

    private boolean unfinished(long first) {
        return out.position() > 0 || arrived < (next - first) * subscribers.size();
    }

    private void fill() {
        long limit = WINDOW
                + (acknowledged
                        ? publisher.tally().nextAcknowledged()
                        : subscribers.get(0).tally().next());
        while (next < limit && out.remaining() >= publication.length()) {
            publication.write(out, next++);
        }
    }

    private void flush() throws IOException {
        if (out.position() > 0) {
            publisher.channel().write(out.flip());
            out.compact();
        }
        int interest = out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (writing.interestOps() != interest) {
            writing.interestOps(interest);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isReadable()) {
                arrived += ((Link) key.attachment()).read(in);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private long disordered() {
        return subscribers.stream()
                .mapToLong(subscriber -> subscriber.tally().disordered())
                .sum();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        publisher.close();
        for (Link subscriber : subscribers) {
            subscriber.close();
        }
    }
}
