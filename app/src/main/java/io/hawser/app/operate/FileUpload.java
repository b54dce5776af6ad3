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

/** Brings a file into a hub, piece by piece. */
final class FileUpload {
    private FileUpload() {}

    /** Hears how far it is. */
    interface Progress {
        void uploaded(long bytes, long size);
    }

    /**
     * A file that the hub has, and nobody has taken there yet.
     *
     * @param id what the hub calls it
     * @param sha256 what its bytes must have, in hexadecimal digits
     */
    record Uploaded(String id, String sha256) {}

    /**
     * Uploads {@code file}.
     *
     * @throws Failure if it cannot be read, or the hub does not take it
     */
    static Uploaded of(AdminCaller hub, Path file, Progress progress) {
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            Fields begun = hub.change(
                    "POST",
                    AdminCaller.path(List.of("uploads"), Map.of()),
                    Fields.builder().put("size", size).build());
            String id = begun.string("upload").orElse("");
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long offset = 0;
            for (byte[] piece = in.readNBytes(UploadsApi.PIECE);
                    piece.length > 0;
                    piece = in.readNBytes(UploadsApi.PIECE)) {
                digest.update(piece);
                Fields now = hub.give(AdminCaller.path(List.of("uploads", id), Map.of("offset", offset)), piece);
                offset = now.find("offset") instanceof Value.Int bytes ? bytes.value() : -1;
                progress.uploaded(offset, size);
            }
            return new Uploaded(id, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException unreadable) {
            throw new Failure(Exit.FAILED, file + " cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
