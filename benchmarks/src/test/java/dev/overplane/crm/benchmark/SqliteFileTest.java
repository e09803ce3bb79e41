package dev.overplane.crm.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.overplane.crm.segment.store.Deleted;
import dev.overplane.crm.segment.store.Population;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That a tenant written straight into the file of DynamoDB Local is what it would be by requests.
class SqliteFileTest {

    @Test
    void what_is_written_to_the_file_reads_like_what_dynamodb_local_writes() {
        Population population = Costs.population(1_000, Deleted.ONE_IN_TEN, Costs.ENTRY_BYTES);
        try (var written = Store.of(Stream.concat(population.allCounters(), population.items()));
                var put = Store.empty()) {
            put.put(Stream.concat(population.allCounters(), population.items()));
            for (long offset : new long[] {0, 1, 100, 430, 600, 899, 900}) {
                Meter.Reading<?> expected = Costs.measure(put, population, offset);
                Meter.Reading<?> found = Costs.measure(written, population, offset);
                assertEquals(expected.result(), found.result(), "offset " + offset);
                assertEquals(expected.readUnits(), found.readUnits(), "offset " + offset);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "9, 10", "99, 100", "100, 101", "1735689600000000, 1735689600000001"})
    void greater_numbers_are_greater_as_text(String smaller, String greater) {
        assertEquals(-1, Integer.signum(SqliteFile.sortable(smaller).compareTo(SqliteFile.sortable(greater))));
    }
}
