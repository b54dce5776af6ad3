package io.hawser.eftl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.time.ManualClock;
import io.hawser.eftl.engine.EftlState;
import io.hawser.eftl.engine.ServerAddress;
import io.hawser.net.Loop;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client, and a server that the test plays by hand: no network, no threads, time turned by hand. Everything that the client
 * says, and that its program hears, is one line of a transcript; JSON is written with {@code '} for {@code "}.
 *
 * <pre>{@code
 *   dial ws://a/channel {}       the client dials, with these headers
 *   > {'op':1,...}               it sends a frame
 *   close 1000 / drop            it ends the connection, with or without a Close frame
 *   reading / not reading        it reads on, or not
 *   state CONNECTED              its program hears this
 *   error 11 reason              and this
 * }</pre>
 */
class Script implements EftlConnectionListener {
    static final String LOGIN = login("'_qos':'true','_hawser':'1'", "");
    static final String WELCOME = welcome("false");
    /** Which login it is, which is said in each and shown in none. */
    private static final Pattern ATTEMPT = Pattern.compile(",'_attempt':'([^']*)'");

    private final ManualClock clock = new ManualClock();
    private final Loop loop = new HandLoop();
    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final List<String> attempts = new ArrayList<>();
    private final CompletableFuture<EftlConnection> connecting;
    private boolean holding;
    private @Nullable WebSocketHandler handler;
    private @Nullable HandSocket socket;

    Script(String urls, EftlOptions options) {
        this(urls, options, 0.5);
    }

    /** {@code chance} of 0 is the longest wait, 1 the shortest. */
    private Script(String urls, EftlOptions options, double chance) {
        connecting = EftlConnection.open(
                ServerAddress.list(urls),
                options.executor(this::runProgram).listener(this),
                loop,
                (uri, headers, dialled) -> {
                    handler = dialled;
                    lines.add("dial " + uri + " " + headers);
                },
                new InOrder(chance));
        clock.run();
    }

    /** A client {@code c} that has logged in to {@code ws://a/channel}. */
    static Script loggedIn(EftlOptions options) {
        return loggedIn(options, WELCOME);
    }

    static Script loggedIn(EftlOptions options, String welcome) {
        return loggedIn(new Script("ws://a/channel", options.clientId("c")), welcome);
    }

    static Script loggedIn(EftlOptions options, double chance) {
        return loggedIn(new Script("ws://a/channel", options.clientId("c"), chance), WELCOME);
    }

    private static Script loggedIn(Script script, String welcome) {
        script.opens();
        script.says(welcome);
        script.lines.clear();
        return script;
    }

    /** What a client says first; {@code more} stands behind its id. */
    static String login(String options, String more) {
        return "> {'op':1,'protocol':1,'client_type':'java','client_version':'hawser','client_id':'c'" + more
                + ",'login_options':{" + options + "}}";
    }

    static String welcome(String resume) {
        return welcome(resume, "1", "true");
    }

    static String welcome(String resume, String protocol, String qos) {
        return "{'op':2,'client_id':'c','id_token':'t','timeout':600,'heartbeat':240,'max_size':200,'_qos':'" + qos
                + "','_resume':'" + resume + "','protocol':" + protocol + ",'stop_supported':'"
                + (protocol.equals("1") ? "true" : "false") + "'}";
    }

    // ---- what the server does ----

    void opens() {
        socket = new HandSocket(Objects.requireNonNull(handler));
        socket.handler.opened(socket);
        clock.run();
    }

    void says(String... frames) {
        clock.run();
        for (String frame : frames) {
            socket().handler.text(frame.replace('\'', '"').getBytes(UTF_8));
        }
        clock.run();
    }

    void refuses(String reason) {
        Objects.requireNonNull(handler).closed(1006, reason);
        clock.run();
    }

    void closes(int code, String reason) {
        socket().end(code, reason);
        clock.run();
    }

    void loses() {
        closes(1006, "connection reset");
    }

    /** Comes back after a loss: the wait, the dial, and the welcome. */
    void comesBack(String resume) {
        loses();
        advance(1);
        opens();
        lines.clear();
        says(welcome(resume));
    }

    // ---- what the test does ----

    /** Which logins the client said it made. */
    List<String> attempts() {
        return attempts;
    }

    CompletableFuture<EftlConnection> connecting() {
        return connecting;
    }

    EftlConnection connection() {
        return connecting.join();
    }

    void advance(long seconds) {
        advanceMillis(1_000 * seconds);
    }

    void advanceMillis(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    void run() {
        clock.run();
    }

    /** The program does nothing with what it is told until {@link #goOn}. */
    void hold() {
        holding = true;
    }

    void goOn() {
        holding = false;
        held.forEach(clock::execute);
        held.clear();
        clock.run();
    }

    private void runProgram(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            clock.execute(task);
        }
    }

    void note(String line) {
        lines.add(line);
    }

    /** Exactly these lines have come since it was asked last. */
    void hears(String... expected) {
        clock.run();
        assertThat(lines).containsExactly(expected);
        lines.clear();
    }

    /** Whatever has come is of no interest. */
    void hearsAnything() {
        clock.run();
        lines.clear();
    }

    /** What went wrong with {@code future}. */
    static EftlException failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("it did not fail");
        } catch (CompletionException failed) {
            return (EftlException) Objects.requireNonNull(failed.getCause());
        }
    }

    private HandSocket socket() {
        return Objects.requireNonNull(socket, "nothing is open");
    }

    // ---- what the program hears ----

    @Override
    public void connected(EftlConnection connection) {
        lines.add("connected " + connection.clientId());
    }

    @Override
    public void reconnected(EftlConnection connection) {
        lines.add("reconnected");
    }

    @Override
    public void disconnected(EftlConnection connection, int code, String reason) {
        lines.add("disconnected " + code + " " + reason);
    }

    @Override
    public void stateChanged(EftlConnection connection, EftlState state) {
        lines.add("state " + state);
    }

    @Override
    public void error(EftlConnection connection, int code, String reason) {
        lines.add("error " + code + " " + reason);
    }

    /** Shuffles nothing, and leaves nothing to chance. */
    private static final class InOrder extends Random {
        private static final long serialVersionUID = 1L;

        private final double chance;

        InOrder(double chance) {
            this.chance = chance;
        }

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }

        @Override
        public double nextDouble() {
            return chance;
        }
    }

    private final class HandLoop implements Loop {
        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public long nanoTime() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            ManualClock.Alarm alarm = clock.schedule(delay, task);
            return alarm::cancel;
        }

        @Override
        public void execute(Runnable task) {
            clock.execute(task);
        }
    }

    private final class HandSocket implements WebSocket {
        private final WebSocketHandler handler;
        private boolean ended;

        HandSocket(WebSocketHandler handler) {
            this.handler = handler;
        }

        void end(int code, String reason) {
            if (!ended) {
                ended = true;
                handler.closed(code, reason);
            }
        }

        @Override
        public void sendText(byte[] text) {
            if (!ended) {
                String said = new String(text, UTF_8).replace('"', '\'');
                Matcher attempt = ATTEMPT.matcher(said);
                if (attempt.find()) {
                    attempts.add(attempt.group(1));
                }
                lines.add("> " + attempt.replaceFirst(""));
            }
        }

        @Override
        public void sendText(byte[] head, int headLength, byte[] body) {
            throw new UnsupportedOperationException("clients do not share bodies");
        }

        @Override
        public void close(int code, String reason) {
            lines.add("close " + code);
            clock.execute(() -> end(code, reason));
        }

        @Override
        public void close() {
            close(1000, "");
        }

        @Override
        public void drop() {
            lines.add("drop");
            clock.execute(() -> end(1006, ""));
        }

        @Override
        public Loop loop() {
            return loop;
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        }

        @Override
        public InetSocketAddress local() {
            return remote();
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public long unsent() {
            return 0;
        }

        @Override
        public void reading(boolean on) {
            lines.add(on ? "reading" : "not reading");
        }
    }
}
