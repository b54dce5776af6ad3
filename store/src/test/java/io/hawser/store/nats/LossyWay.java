package io.hawser.store.nats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way to a server, on which its answers get lost when a test wants it. */
final class LossyWay implements AutoCloseable {
    private final ServerSocket entrance;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean deaf;

    /** To the server that listens on {@code port} of this machine. */
    LossyWay(int port) {
        this.port = port;
        try {
            entrance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
        start(this::accept);
    }

    String url() {
        return "nats://127.0.0.1:" + entrance.getLocalPort();
    }

    /** From now on the server hears, and is not heard. */
    void loseAnswers() {
        deaf = true;
    }

    /** Ends all connections; new ones are as they should be. */
    void mend() {
        List<Socket> broken = List.copyOf(sockets);
        deaf = false;
        broken.forEach(LossyWay::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.addAll(List.of(client, server));
                start(() -> carry(client, server, false));
                start(() -> carry(server, client, true));
            }
        } catch (IOException closed) {
            mend();
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            boolean lost = false;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                // what was lost once is never made up for: a stream of bytes has no gaps
                lost |= answers && deaf;
                if (!lost) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException broken) {
            close(from);
        }
        close(to);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "lossy-way");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException useless) {
            throw new UncheckedIOException(useless);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException useless) {
            throw new UncheckedIOException(useless);
        }
    }
}
