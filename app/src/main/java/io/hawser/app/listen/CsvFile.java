package io.hawser.app.listen;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.CsvText;
import io.hawser.app.text.Event;
import io.hawser.app.text.EventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;

/** Writes each message as a line of a new file for spreadsheets. */
final class CsvFile implements Display {
    private final Path file;
    private final Writer to;

    CsvFile(Path file) {
        this.file = file;
        try {
            to = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            to.write(CsvText.line(EventFormat.COLUMNS) + "\r\n");
            to.flush();
        } catch (FileAlreadyExistsException there) {
            throw new Failure(Exit.FAILED, file + " is there already; name another file", there);
        } catch (IOException impossible) {
            throw unwritable(impossible);
        }
    }

    @Override
    public boolean take(Event event) {
        try {
            to.write(EventFormat.CSV.line(event, ZoneOffset.UTC) + "\r\n");
            to.flush();
            return true;
        } catch (IOException full) {
            throw unwritable(full);
        }
    }

    @Override
    public void end() {
        try {
            to.close();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private Failure unwritable(IOException why) {
        return new Failure(Exit.FAILED, "cannot write " + file + ": " + why.getMessage(), why);
    }
}
