package dev.overplane.crm.benchmark;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The size of an item by [DynamoDB's
/// rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html), from
/// which its price follows.
public final class ItemSize {

    private static final int READ_UNIT = 4096;
    private static final int WRITE_UNIT = 1024;

    private ItemSize() {}

    /// Bytes of the names and values of all attributes.
    public static long of(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToLong(e -> utf8(e.getKey()) + value(e.getValue()))
                .sum();
    }

    /// Read units of a query that reads these items.
    public static double readUnits(Collection<Map<String, AttributeValue>> items, boolean consistent) {
        return readUnits(items.stream().mapToLong(ItemSize::of).sum(), consistent);
    }

    /// Read units of a query that reads so many bytes: one for each 4 KB of the sum, half of it if the read may
    /// be stale. A query that finds nothing pays for its first 4 KB as well.
    public static double readUnits(long bytes, boolean consistent) {
        return Math.max(1, Math.ceilDiv(bytes, READ_UNIT)) * (consistent ? 1 : 0.5);
    }

    /// Write units of one item of that size: one for each 1 KB.
    public static long writeUnits(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT));
    }

    private static long value(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            default -> throw new IllegalArgumentException("the product stores no " + value.type());
        };
    }

    /// One byte, and one for every two significant digits, which are counted in pairs from the decimal point; a
    /// sign takes one more.
    private static long number(String numeral) {
        BigDecimal number = new BigDecimal(numeral).stripTrailingZeros();
        if (number.signum() == 0) {
            return 1;
        }
        int fraction = Math.ceilDiv(Math.max(number.scale(), 0), 2);
        int whole = number.precision() - number.scale();
        int zeros = Math.floorDiv(Math.max(-number.scale(), 0), 2);
        return 1 + fraction + Math.max(0, Math.ceilDiv(whole, 2)) - zeros + (number.signum() < 0 ? 1 : 0);
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
