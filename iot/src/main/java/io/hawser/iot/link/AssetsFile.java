package io.hawser.iot.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * The provisioning file on the disk. It is replaced as a whole: what is new is written and synced beside it, then takes its name,
 * so a crash leaves the old one or the new one. A file that nobody may write stays as it is even for root, whom nothing else stops.
 */
final class AssetsFile {
    private static final long LONGEST = 1 << 20;
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> WRITERS = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path path;
    private final Path folder;

    private AssetsFile(Path path, Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /** The file at {@code path}, or the one that a link there names. */
    static AssetsFile at(Path path) throws AssetsException {
        try {
            Path real = path.toRealPath();
            Path folder = real.getParent();
            if (folder != null && Files.isRegularFile(real)) {
                return new AssetsFile(real, folder);
            }
        } catch (NoSuchFileException missing) {
            throw new AssetsException(
                    AssetsException.Kind.UNREADABLE,
                    "there is no provisioning file " + path + "; hawser device provision writes one",
                    missing);
        } catch (IOException unreadable) {
            throw unreadable(path, unreadable);
        }
        throw new AssetsException(AssetsException.Kind.UNREADABLE, path + " is no file");
    }

    byte[] read() throws AssetsException {
        try {
            if (Files.size(path) > LONGEST) {
                throw new AssetsException(
                        AssetsException.Kind.UNREADABLE, path + " is too long for a provisioning file");
            }
            return Files.readAllBytes(path);
        } catch (AssetsException known) {
            throw known;
        } catch (IOException unreadable) {
            throw unreadable(path, unreadable);
        }
    }

    void requireWritable() throws AssetsException {
        if (!Files.isWritable(path) || lockedForAll()) {
            throw readOnly(path + " is read-only");
        }
        if (!Files.isWritable(folder)) {
            throw readOnly("the folder " + folder + " is read-only, in which a new " + path.getFileName() + " is made");
        }
    }

    /** Replaces the content; if it fails the old one is there. */
    void write(byte[] content) throws IOException {
        requireWritable();
        Path fresh = Files.createTempFile(folder, path.getFileName() + ".", ".new");
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            PosixFileAttributeView rights = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (rights != null) {
                Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
                kept.addAll(rights.readAttributes().permissions());
                Files.setPosixFilePermissions(fresh, kept);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private boolean lockedForAll() throws AssetsException {
        try {
            PosixFileAttributeView rights = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            return rights != null
                    && rights.readAttributes().permissions().stream().noneMatch(WRITERS::contains);
        } catch (IOException unreadable) {
            throw unreadable(path, unreadable);
        }
    }

    private static AssetsException readOnly(String what) {
        return new AssetsException(
                AssetsException.Kind.READ_ONLY,
                what + "; a device writes its keys and its endpoint id there when it is activated, so let it");
    }

    private static AssetsException unreadable(Path path, IOException why) {
        return new AssetsException(AssetsException.Kind.UNREADABLE, path + " cannot be read: " + why.getMessage(), why);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
