package io.hawser.verify.bench.iot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between devices and the hub, and counts the bytes that TCP carries in either direction. */
final class CountingRelay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final int hub;

    /** To the port {@code hub} of loopback. */
    CountingRelay(int hub) throws IOException {
        this.hub = hub;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many bytes have passed. */
    long bytes() {
        return bytes.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket device = listening.accept();
            Socket cloud = new Socket(InetAddress.getLoopbackAddress(), hub);
            start(() -> pass(device, cloud));
            start(() -> pass(cloud, device));
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        byte[] piece = new byte[16_384];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                bytes.addAndGet(read);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException over) {
                // one of both ends has closed, and the other's thread finds the same
                finished.incrementAndGet();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
