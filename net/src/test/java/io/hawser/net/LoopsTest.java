package io.hawser.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LoopsTest {
    @Test
    void givesItsLoopsInTurnEachWithANamedDaemonThread() throws Exception {
        try (Loops loops = Loops.start(2, "turn")) {
            Loop first = loops.next();
            Loop second = loops.next();
            assertThat(first).isNotSameAs(second);
            assertThat(loops.next()).isSameAs(first);
            assertThat(loops.all()).containsExactly(first, second);

            Thread one = threadOf(first);
            Thread two = threadOf(second);
            assertThat(List.of(one.getName(), two.getName())).containsExactlyInAnyOrder("turn-1", "turn-2");
            assertThat(one.isDaemon()).isTrue();
            assertThat(first.inLoop()).isFalse();
        }
    }

    @Test
    void closesQuicklyAndEndsItsThreads() throws Exception {
        Loops loops = Loops.start(2, "quick");
        Thread thread = threadOf(loops.next());

        assertThat(CompletableFuture.runAsync(loops::close)).succeedsWithin(Duration.ofSeconds(1));
        Awaitility.await().until(() -> !thread.isAlive());
    }

    @Test
    void runsTimersUnlessTheyAreCancelledAndSurvivesThem() {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Loops loops = Loops.start(1, "timers")) {
            Loop loop = loops.next();
            loop.schedule(Duration.ofMillis(20), () -> ran.add("cancelled")).cancel();
            loop.schedule(Duration.ofMillis(30), () -> {
                throw new IllegalStateException("thrown by a test");
            });
            loop.schedule(Duration.ofMillis(50), () -> ran.add("ran in loop " + loop.inLoop()));

            Awaitility.await().until(() -> !ran.isEmpty());
            assertThat(ran).containsExactly("ran in loop true");
        }
    }

    @Test
    void saysWhichPortIsTakenAndWhatToDo() {
        try (Loops loops = Loops.start(1, "taken");
                Listener taken = listen(loops, 0)) {
            int port = taken.address().getPort();
            assertThatThrownBy(() -> listen(loops, port))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + port
                            + ": address already in use; stop the other program or choose another port");
        }
    }

    @Test
    void freesThePortWhenAListenerCloses() {
        try (Loops loops = Loops.start(1, "free")) {
            Listener first = listen(loops, 0);
            int port = first.address().getPort();
            first.close();
            try (Listener second = listen(loops, port)) {
                assertThat(second.address().getPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void closesAListenerWhoseLoopsHaveEnded() {
        Loops loops = Loops.start(1, "ended");
        Listener listener = listen(loops, 0);
        loops.close();

        assertThat(CompletableFuture.runAsync(listener::close)).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void refusesLoopsOfOthers() {
        Loop foreign = new Loop() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public boolean inLoop() {
                return true;
            }

            @Override
            public Timer schedule(Duration delay, Runnable task) {
                return () -> {};
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }
        };
        assertThatThrownBy(() -> UdpSocket.bind(foreign, Net.ANY_PORT, (from, payload) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only a loop from Loops");
    }

    private static Listener listen(Loops loops, int port) {
        return WebSocketServer.bind(
                loops,
                Net.loopback(port),
                NetLimits.defaults(),
                handshake -> new Handshake.Accept(Optional.empty(), new Recorder()));
    }

    private static Thread threadOf(Loop loop) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get();
    }
}
