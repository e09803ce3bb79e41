package dev.overplane.crm.local;

import dev.overplane.crm.local.startup.StartupException;
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

/// The folder of a stack's data, locked against other stacks.
final class DataDirectory implements AutoCloseable {

    private final Path directory;
    /// Holds the lock. The operating system releases it when the process ends, even if it is killed.
    private final FileChannel lock;

    private DataDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /// Creates the folder if it does not exist, and locks it.
    ///
    /// @throws StartupException if another stack has locked it, or if it cannot be written
    static DataDirectory open(Path directory) {
        try {
            Files.createDirectories(directory);
            var channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw new StartupException(
                        "Another local stack uses the data in " + directory + ": stop it, or choose another DATA_DIR.");
            }
            return new DataDirectory(directory, channel);
        } catch (IOException e) {
            throw new StartupException(
                    "The data folder " + directory + " cannot be written: choose another DATA_DIR.", e);
        }
    }

    Path path() {
        return directory;
    }

    /// Returns the stored key, or empty if there is none.
    ///
    /// @throws StartupException if it cannot be read
    Optional<String> apiKey() {
        try {
            return Files.exists(keyFile())
                    ? Optional.of(Files.readString(keyFile()).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new StartupException(
                    "The API key in " + keyFile() + " cannot be read: delete the file to get a new key.", e);
        }
    }

    /// Stores the key in a file that only its owner may read, even while it is written.
    void storeApiKey(String key) {
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

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another stack in this process holds it.
            return false;
        }
    }
}
