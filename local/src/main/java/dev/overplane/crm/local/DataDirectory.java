package dev.overplane.crm.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The folder in which a stack keeps its data, and which no other stack uses meanwhile.
final class DataDirectory implements AutoCloseable {

    private final Path directory;
    /// Holds the lock, which the system lets go of when this process ends, however it ends.
    private final FileChannel lock;

    private DataDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// @throws StackException if another stack uses it, or it cannot be written
    static DataDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            var channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StackException(
                        "Another local stack uses the data in " + directory + ": stop it, or choose another DATA_DIR.");
            }
            return new DataDirectory(directory, channel);
        } catch (IOException e) {
            throw new StackException(
                    "The data folder " + directory + " cannot be written: choose another DATA_DIR.", e);
        }
    }

    Path path() {
        return directory;
    }

    Optional<String> apiKey() {
        try {
            return Files.exists(keyFile())
                    ? Optional.of(Files.readString(keyFile()).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new StackException(
                    "The API key in " + keyFile() + " cannot be read: delete the file to have another.", e);
        }
    }

    /// Keeps a key in a file that its owner alone may read, at every moment.
    void keepApiKey(String key) {
        var ownerOnly = directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            var file = Files.createTempFile(directory, "api-key", "", ownerOnly);
            Files.writeString(file, key + "\n");
            Files.move(file, keyFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path keyFile() {
        return directory.resolve("api-key");
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Held by another stack in this very process.
            return false;
        }
    }
}
