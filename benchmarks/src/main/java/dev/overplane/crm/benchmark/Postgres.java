package dev.overplane.crm.benchmark;

import dev.overplane.crm.segment.store.Population;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The same listing on PostgreSQL, as it is usually done there: `OFFSET` and `count(*)` on a table with the
/// index that they want.
///
/// The server is the one that `BENCHMARK_JDBC_URL` names (the table `benchmark_segment` in it is dropped), or a
/// new one in a temporary directory, if PostgreSQL is installed.
final class Postgres implements AutoCloseable {

    private static final String URL_VARIABLE = "BENCHMARK_JDBC_URL";

    private final Connection connection;
    private final Closeable server;

    private Postgres(Connection connection, Closeable server) {
        this.connection = connection;
        this.server = server;
    }

    /// A page and what it took over the wire.
    record Page(List<String> ids, long total, long bytes) {}

    /// A server, if there is one to be had.
    static Optional<Postgres> find() throws Exception {
        String url = System.getenv(URL_VARIABLE);
        if (url != null) {
            return Optional.of(new Postgres(DriverManager.getConnection(url), () -> {}));
        }
        Optional<Path> binaries = binaries();
        return binaries.isEmpty() ? Optional.empty() : Optional.of(start(binaries.get()));
    }

    private static Optional<Path> binaries() throws IOException {
        var candidates = new ArrayList<Path>();
        for (String directory : System.getenv("PATH").split(":")) {
            candidates.add(Path.of(directory));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin"))
                        .sorted(Comparator.reverseOrder())
                        .forEach(candidates::add);
            }
        }
        return candidates.stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                .findFirst();
    }

    private static Postgres start(Path binaries) throws Exception {
        Path home = Files.createTempDirectory("postgres");
        Path data = home.resolve("data");
        Path password = home.resolve("password");
        String secret = UUID.randomUUID().toString();
        Files.writeString(password, secret);
        // PostgreSQL refuses to run as root.
        List<String> asUser = List.of();
        if (System.getProperty("user.name").equals("root")) {
            run(List.of("chown", "-R", "postgres", home.toString()));
            asUser = List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
        }
        run(concat(
                asUser,
                binaries.resolve("initdb").toString(),
                "-D",
                data.toString(),
                "-U",
                "benchmark",
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C"));
        int port = freePort();
        Process process = new ProcessBuilder(concat(
                        asUser,
                        binaries.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-k",
                        home.toString(),
                        "-c",
                        "shared_buffers=512MB",
                        "-c",
                        "max_parallel_workers_per_gather=0"))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        // Also if somebody loses patience and interrupts the benchmark.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Closeable server = () -> {
            process.destroy();
            process.onExit().join();
            delete(home);
        };
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=benchmark&password=" + secret;
        return new Postgres(connect(url, process), server);
    }

    private static Connection connect(String url, Process process) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return DriverManager.getConnection(url);
            } catch (SQLException e) {
                if (attempt == 200 || !process.isAlive()) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /// Makes the table anew.
    void load(Population population) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS benchmark_segment");
            statement.execute("CREATE TABLE benchmark_segment (tenant text NOT NULL, id text NOT NULL PRIMARY KEY,"
                    + " created_at bigint NOT NULL, updated_at bigint NOT NULL, market_segment text)");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY benchmark_segment FROM STDIN",
                            new Lines(population.items().map(Postgres::line).iterator()));
            statement.execute("CREATE INDEX ON benchmark_segment (tenant, created_at DESC, id DESC)");
            statement.execute("VACUUM ANALYZE benchmark_segment");
        }
    }

    Page list(Population population, long offset, int limit) {
        String tenant = population.tenant().partitionKey();
        try (PreparedStatement page = connection.prepareStatement(
                        "SELECT id, created_at, updated_at, market_segment"
                                + " FROM benchmark_segment WHERE tenant = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?");
                PreparedStatement count =
                        connection.prepareStatement("SELECT count(*) FROM benchmark_segment WHERE tenant = ?")) {
            page.setString(1, tenant);
            page.setInt(2, limit);
            page.setLong(3, offset);
            count.setString(1, tenant);
            var ids = new ArrayList<String>();
            long bytes = 0;
            try (ResultSet rows = page.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                    for (int column = 1; column <= 4; column++) {
                        bytes += rows.getBytes(column).length;
                    }
                }
            }
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return new Page(ids, rows.getLong(1), bytes + rows.getBytes(1).length);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        connection.close();
        server.close();
    }

    private static String line(Map<String, AttributeValue> item) {
        return String.join(
                        "\t",
                        item.get("tenant").s(),
                        item.get("id").s(),
                        item.get("created_at").n(),
                        item.get("updated_at").n(),
                        item.get("market_segment").s())
                + "\n";
    }

    /// Lines as a stream, without a million of them in memory.
    private static final class Lines extends InputStream {

        private final Iterator<String> lines;
        private byte[] line = {};
        private int at;

        Lines(Iterator<String> lines) {
            this.lines = lines;
        }

        @Override
        public int read() {
            while (at == line.length) {
                if (!lines.hasNext()) {
                    return -1;
                }
                line = lines.next().getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return line[at++] & 0xff;
        }
    }

    private static List<String> concat(List<String> first, String... rest) {
        return Stream.concat(first.stream(), Stream.of(rest)).toList();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + ": " + said);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
