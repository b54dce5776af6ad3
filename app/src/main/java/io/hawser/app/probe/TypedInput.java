package io.hawser.app.probe;

import io.hawser.app.access.StateFolder;
import io.hawser.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody types at a terminal, with history and completion. What is shown meanwhile appears above the line that is
 * being typed.
 */
public final class TypedInput implements ProbeInput, ProbeScreen {
    private static final Logger LOG = LoggerFactory.getLogger(TypedInput.class);
    private static final String PROMPT = "> ";

    private final org.jline.terminal.Terminal screen;
    private final LineReader reader;
    /** Held while a line is typed. */
    private final ReentrantLock typing = new ReentrantLock();

    private volatile @Nullable Thread typist;
    private volatile boolean closed;

    /**
     * Reads from {@code screen}.
     *
     * @param history the file that keeps what was typed; empty: none
     * @param completions what may stand at the end of the line so far
     */
    TypedInput(org.jline.terminal.Terminal screen, Optional<Path> history, Function<String, List<String>> completions) {
        this.screen = screen;
        this.reader = LineReaderBuilder.builder()
                .terminal(screen)
                .variable(LineReader.HISTORY_FILE, history.orElse(null))
                .variable(LineReader.HISTORY_SIZE, 1_000)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_INCREMENTAL, true)
                .completer((lines, line, candidates) -> {
                    if (line.line().startsWith(".")) {
                        completions
                                .apply(line.line().substring(0, line.cursor()))
                                .forEach(text -> candidates.add(new Candidate(text)));
                    }
                })
                .build();
    }

    /** The user at the process's terminal; empty if there is none, or its input or output is a pipe. */
    public static Optional<TypedInput> of(Terminal process, Function<String, List<String>> completions) {
        if (!process.isOfProcess()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TypedInput(
                    TerminalBuilder.builder()
                            .name("hawser")
                            .system(true)
                            .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                            .dumb(false)
                            .build(),
                    StateFolder.of(process.environment()).map(folder -> folder.resolve("probe-history")),
                    completions));
        } catch (IOException | IllegalStateException notATerminal) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> next() {
        typing.lock();
        try {
            typist = Thread.currentThread();
            return closed ? Optional.empty() : Optional.of(reader.readLine(PROMPT));
        } catch (EndOfFileException | UserInterruptException end) {
            return Optional.empty();
        } finally {
            typist = null;
            typing.unlock();
        }
    }

    @Override
    public void show(String line) {
        reader.printAbove(line);
    }

    /** Takes the line that is being typed off, so that the terminal is left as it was. */
    @Override
    public void close() {
        closed = true;
        Thread waiting = typist;
        if (waiting != null) {
            waiting.interrupt();
        }
        boolean unused = awaitTypist();
        try {
            screen.close();
        } catch (IOException gone) {
            LOG.debug("probe: nobody sits there any more", gone);
        }
    }

    private boolean awaitTypist() {
        try {
            return typing.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
