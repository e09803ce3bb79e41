package dev.overplane.crm.benchmark;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The file in which DynamoDB Local keeps its tables, written to while it is not running: a million items in
/// half a minute, which take half an hour through its front door. Made for DynamoDB Local 3.3.1 and the table
/// of segments; a test compares what comes of it with what DynamoDB Local itself writes.
final class SqliteFile {

    private static final String NAME = "shared-local-instance.db";
    private static final int SIGNIFICANT_DIGITS = 38;
    private static final int COMMIT_EVERY = 50_000;
    /// Stands where DynamoDB Local has digests of the keys, which only parallel scans use.
    private static final byte[] NO_DIGEST = new byte[20];

    private final Path directory;

    /// @param directory the one that DynamoDB Local was given
    SqliteFile(Path directory) {
        this.directory = directory;
    }

    void insert(String table, Stream<Map<String, AttributeValue>> items) {
        var connection = new SQLiteConnection(directory.resolve(NAME).toFile());
        try {
            connection.open(false);
            connection.exec("PRAGMA synchronous = OFF");
            insert(connection, table, items);
        } catch (SQLiteException e) {
            throw new IllegalStateException("cannot write DynamoDB Local's file", e);
        } finally {
            connection.dispose();
        }
    }

    private static void insert(SQLiteConnection connection, String table, Stream<Map<String, AttributeValue>> items)
            throws SQLiteException {
        SQLiteStatement insert = connection.prepare("INSERT INTO \"" + table
                + "\" (hashKey, rangeKey, hashValue, rangeValue, hashRangeValue, itemSize, ObjectJSON,"
                + " indexKey_0, indexKey_1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        connection.exec("BEGIN");
        long rows = 0;
        for (var rest = items.iterator(); rest.hasNext(); ) {
            bind(insert, rest.next());
            insert.step();
            insert.reset();
            if (++rows % COMMIT_EVERY == 0) {
                connection.exec("COMMIT");
                connection.exec("BEGIN");
            }
        }
        connection.exec("COMMIT");
    }

    private static void bind(SQLiteStatement insert, Map<String, AttributeValue> item) throws SQLiteException {
        insert.bind(1, utf8(item.get("tenant").s()));
        insert.bind(2, utf8(item.get("id").s()));
        insert.bind(3, NO_DIGEST);
        insert.bind(4, NO_DIGEST);
        insert.bind(5, NO_DIGEST);
        insert.bind(6, ItemSize.of(item));
        insert.bind(7, utf8(json(item)));
        bindNumber(insert, 8, item.get("page"));
        bindNumber(insert, 9, item.get("created_at"));
    }

    private static void bindNumber(SQLiteStatement insert, int column, @Nullable AttributeValue value)
            throws SQLiteException {
        if (value == null) {
            insert.bindNull(column);
        } else {
            insert.bind(column, utf8(sortable(value.n())));
        }
    }

    /// A whole number, 0 or more, such that greater ones are greater as text: its exponent, then its digits.
    static String sortable(String numeral) {
        BigDecimal number = new BigDecimal(numeral);
        if (number.signum() == 0) {
            return "=";
        }
        int exponent = number.precision() - number.scale() - 1;
        String digits = number.unscaledValue().toString();
        return (exponent == 0 ? ">=" : ">>%03d".formatted(exponent)) + "E" + digits
                + "0".repeat(SIGNIFICANT_DIGITS - digits.length());
    }

    private static String json(Map<String, AttributeValue> item) {
        var json = new StringBuilder("{");
        item.forEach((name, value) -> json.append(json.length() == 1 ? "" : ",")
                .append('"')
                .append(name)
                .append("\":{\"")
                .append(value.type())
                .append("\":\"")
                .append(text(value))
                .append("\"}"));
        return json.append('}').toString();
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case B -> Base64.getEncoder().encodeToString(value.b().asByteArrayUnsafe());
            default -> throw new IllegalArgumentException("the product stores no " + value.type());
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
