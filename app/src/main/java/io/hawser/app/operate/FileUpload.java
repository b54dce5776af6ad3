package io.hawser.app.operate;

import io.hawser.app.admin.UploadsApi;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A file on its way into a hub, piece by piece; one that was interrupted goes on. Belongs to one command. */
public final class FileUpload {
    private final AdminCaller hub;
    private final Path file;
    private final String id;
    private final long begun;

    private FileUpload(AdminCaller hub, Path file, String id, long begun) {
        this.hub = hub;
        this.file = file;
        this.id = id;
        this.begun = begun;
    }

    /**
     * Lets {@code hub} take {@code file}.
     *
     * @param whose {@code owner} and {@code name} of what it will be; nothing, if somebody else decides that
     * @throws Failure if it cannot be read, or the hub does not take it
     */
    public static FileUpload begin(AdminCaller hub, Path file, Fields whose) {
        Fields answer = hub.change(
                "POST", path(), whose.toBuilder().put("size", size(file)).build());
        return new FileUpload(hub, file, answer.string("upload").orElse(""), 0);
    }

    /**
     * Goes on with the upload {@code id} of {@code file}.
     *
     * @throws Failure if it cannot be read, or the hub has no such upload
     */
    public static FileUpload resume(AdminCaller hub, Path file, String id) {
        long there = hub.get(path(id)).find("offset") instanceof Value.Int bytes ? bytes.value() : 0;
        if (there > size(file)) {
            throw new Failure(
                    Exit.FAILED,
                    "the hub has " + there + " bytes of this upload already, more than " + file
                            + " has; was it another file?");
        }
        return new FileUpload(hub, file, id, there);
    }

    private static String path(String... rest) {
        return rest.length == 0
                ? AdminCaller.path(List.of("uploads"), Map.of())
                : AdminCaller.path(List.of("uploads", rest[0]), Map.of());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static Failure unreadable(Path file, IOException why) {
        return new Failure(Exit.FAILED, file + " cannot be read: " + why.getMessage(), why);
    }

    /** What the hub calls it. */
    public String id() {
        return id;
    }

    /**
     * Sends what the hub does not have.
     *
     * @return the SHA-256 of the whole file, in hexadecimal digits
     * @throws Failure if the file cannot be read, or the hub does not take it
     */
    public String send(FileProgress progress) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = Files.size(file);
            long offset = 0;
            while (offset < begun) {
                byte[] known = in.readNBytes((int) Math.min(UploadsApi.PIECE, begun - offset));
                digest.update(known);
                offset += known.length;
                if (known.length == 0) {
                    throw new IOException("it has become shorter");
                }
            }
            for (byte[] piece = in.readNBytes(UploadsApi.PIECE);
                    piece.length > 0;
                    piece = in.readNBytes(UploadsApi.PIECE)) {
                digest.update(piece);
                Fields now = hub.give(AdminCaller.path(List.of("uploads", id), Map.of("offset", offset)), piece);
                offset = now.find("offset") instanceof Value.Int bytes ? bytes.value() : -1;
                progress.moved(offset, size);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * Makes a file of its owner of it.
     *
     * @param sha256 what {@link #send} said
     * @return {@code owner}, {@code name}, {@code size} and {@code sha256}
     * @throws Failure if the hub has got other bytes
     */
    public Fields commit(String sha256) {
        return hub.change(
                "POST",
                AdminCaller.path(List.of("uploads", id, "commit"), Map.of()),
                Fields.of("sha256", Value.of(sha256)));
    }
}
