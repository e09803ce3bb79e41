package dev.overplane.crm.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.overplane.crm.local.lambda.Outcome;
import dev.overplane.crm.local.template.StreamMapping;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The semantics of an event source mapping, by
/// [batch failures](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html) and
/// [errors](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html). Records are letters.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BatchProcessorTest {

    private static final Instant NOW = Instant.parse("2024-01-15T12:00:00Z");

    private final List<String> invocations = new ArrayList<>();
    private final List<String> given = new ArrayList<>();

    /// The function answers as the column says, one word for each invocation, the last one for all that follow:
    /// `ok`, `null`, `{}`, `error`, `-x` (the item x failed), `-` (an empty item), `-?` (no item of the batch),
    /// `bad` (another member name). It cannot understand the record `!`: `poison` throws if it comes first and
    /// reports it otherwise.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            success                                        | abc  | ok                 | abc                         |
            an empty response is a success                 | abc  | {}                 | abc                         |
            no response is a success                       | abc  | null               | abc                         |
            what follows the lowest failure is retried     | abcd | -c,ok              | abcd cd                     |
            the order of the failures does not matter      | abcd | -c~b,ok            | abcd bcd                    |
            an error splits the batch                      | abcd | error,ok           | abcd ab cd                  |
            and splits its parts                           | abcd | error,error,ok     | abcd ab a b cd              |
            three are split in one and two                 | abc  | error,ok           | abc a bc                    |
            an empty item is a failure of the whole batch  | ab   | -,ok               | ab a b                      |
            so is an item of no record                     | ab   | -?,ok              | ab a b                      |
            so is another member                           | ab   | bad,ok             | ab a b                      |
            one is retried twice and given up              | a    | error              | a a a                       | a
            a head that fails is retried with the others   | abc  | -a                 | abc abc abc                 | abc
            what is done does not count for what remains   | abc  | -b,-b,-c,ok        | abc bc bc c                 |
            a record that cannot be understood goes alone  | ab!d | poison             | ab!d !d ! ! ! d             | !
            also at the end                                | ab!  | poison             | ab! ! ! !                   | !
            also where there are two                       | !b!  | poison             | !b! ! ! ! b! ! ! !          | ! !
            """)
    void a_batch_that_may_be_split(String name, String batch, String answers, String invoked, String failed)
            throws InterruptedException {
        process(mapping(true, true, 2, Duration.ofDays(1)), records(batch, NOW), answers);
        assertEquals(invoked, String.join(" ", invocations));
        assertEquals(failed == null ? "" : failed, String.join(" ", given));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an error is retried with the whole batch | abc | error,error,ok | abc abc abc |
            and given up with the whole batch        | abc | error          | abc abc abc | abc
            """)
    void a_batch_that_may_not_be_split(String name, String batch, String answers, String invoked, String failed)
            throws InterruptedException {
        process(mapping(true, false, 2, Duration.ofDays(1)), records(batch, NOW), answers);
        assertEquals(invoked, String.join(" ", invocations));
        assertEquals(failed == null ? "" : failed, String.join(" ", given));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"-b", "bad", "ok"})
    void a_response_means_nothing_unless_the_mapping_says_so(String answer) throws InterruptedException {
        process(mapping(false, true, 2, Duration.ofDays(1)), records("abc", NOW), answer);
        assertEquals(List.of("abc"), invocations);
        assertEquals(List.of(), given);
    }

    @ParameterizedTest
    @CsvSource({"3599, abc, ''", "3600, abc, ''", "3601, '', abc"})
    void older_records_are_given_up(int seconds, String invoked, String failed) throws InterruptedException {
        process(mapping(true, true, 2, Duration.ofHours(1)), records("abc", NOW.minusSeconds(seconds)), "ok");
        assertEquals(invoked, String.join(" ", invocations));
        assertEquals(failed, String.join(" ", given));
    }

    private void process(StreamMapping mapping, List<StreamRecord> batch, String answers) throws InterruptedException {
        var rest = new ArrayList<>(List.of(answers.split(",")));
        new BatchProcessor(
                        mapping,
                        records -> {
                            invocations.add(letters(records));
                            return answer(rest.size() > 1 ? rest.removeFirst() : rest.getFirst(), records);
                        },
                        discarded -> given.add(letters(discarded.records())),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        _ -> {})
                .process(batch);
    }

    private static Outcome answer(String answer, List<StreamRecord> batch) {
        return switch (answer) {
            case "ok" -> response("{\"batchItemFailures\":[]}");
            case "null", "{}" -> response(answer);
            case "error" -> new Outcome.Failed("{}".getBytes(StandardCharsets.UTF_8), "");
            case "bad" -> response("{\"batchItemFailures\":[{\"itemId\":\"a\"}]}");
            case "poison" -> {
                int index = letters(batch).indexOf('!');
                yield index == 0 ? answer("error", batch) : answer(index < 0 ? "ok" : "-!", batch);
            }
            default ->
                response("{\"batchItemFailures\":["
                        + List.of(answer.substring(1).split("~")).stream()
                                .map(item -> "{\"itemIdentifier\":\"" + item + "\"}")
                                .collect(Collectors.joining(","))
                        + "]}");
        };
    }

    private static Outcome response(String json) {
        return new Outcome.Succeeded(json.getBytes(StandardCharsets.UTF_8));
    }

    private static StreamMapping mapping(boolean reports, boolean bisects, int retries, Duration age) {
        return new StreamMapping(
                "Table",
                "Function",
                100,
                Duration.ZERO,
                List.of(),
                reports,
                bisects,
                OptionalInt.of(retries),
                Optional.of(age),
                Optional.of("arn"));
    }

    private static List<StreamRecord> records(String letters, Instant created) {
        return letters.chars()
                .mapToObj(letter ->
                        new StreamRecord(Character.toString(letter), created, JsonNodeFactory.instance.objectNode()))
                .toList();
    }

    private static String letters(List<StreamRecord> records) {
        return String.join(
                "", records.stream().map(StreamRecord::sequenceNumber).toList());
    }
}
