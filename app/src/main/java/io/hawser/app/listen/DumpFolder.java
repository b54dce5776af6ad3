package io.hawser.app.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.Event;
import io.hawser.app.text.EventFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes each message into a file of its own, as JSON: {@code 000001-robot%2F7%2Fpose.json}. Others choose the topics, so a
 * name begins with a number and holds nothing but letters, digits, '.', '_', '-' and '%', and no file is replaced.
 */
final class DumpFolder implements Display {
    private static final int LONGEST = 120;

    private final Path folder;

    DumpFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException impossible) {
            throw unwritable(folder, impossible);
        }
    }

    @Override
    public boolean take(Event event) {
        Path file = folder.resolve(name(event.number(), event.topic()));
        try {
            Files.writeString(
                    file,
                    EventFormat.JSON.line(event, ZoneOffset.UTC) + "\n",
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException there) {
            throw new Failure(Exit.FAILED, file + " is there already; name another folder", there);
        } catch (IOException full) {
            throw unwritable(file, full);
        }
    }

    static String name(long number, String topic) {
        StringBuilder name = new StringBuilder(String.format(Locale.ROOT, "%06d-", number));
        for (byte b : topic.getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0);
            String next = plain
                    ? String.valueOf(c)
                    : "%" + HexFormat.of().withUpperCase().toHexDigits(b);
            if (name.length() + next.length() > LONGEST) {
                break;
            }
            name.append(next);
        }
        return name.append(".json").toString();
    }

    private static Failure unwritable(Path file, IOException why) {
        return new Failure(Exit.FAILED, "cannot write " + file + ": " + why.getMessage(), why);
    }
}
