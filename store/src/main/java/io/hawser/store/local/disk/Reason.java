package io.hawser.store.local.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or a folder cannot be used, in words. */
public final class Reason {
    private Reason() {}

    /** What a user is told of {@code failed}; the text of most exceptions is a path alone. */
    public static String of(IOException failed) {
        if (failed instanceof FileAlreadyExistsException taken) {
            return taken.getFile() + " is a file, not a folder";
        }
        if (failed instanceof NotDirectoryException file) {
            return file.getFile() + " is a file, not a folder";
        }
        if (failed instanceof AccessDeniedException denied) {
            return "this user may not use " + denied.getFile();
        }
        if (failed instanceof NoSuchFileException missing) {
            return missing.getFile() + " is not there, or cannot be made";
        }
        if (failed instanceof DirectoryNotEmptyException full) {
            return full.getFile() + " is not empty";
        }
        if (failed instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return String.valueOf(failed.getMessage());
    }
}
