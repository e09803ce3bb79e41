package dev.overplane.crm.function;

import dev.overplane.crm.dynamodb.DynamoDbPriming;
import java.util.List;

/// What a function is primed with: events as Lambda would bring them, and DynamoDB's part. It is about an
/// account that nobody has, and goes through success and refusal.
///
/// @param scenes the events
/// @param answers what DynamoDB answers
record Rehearsal(List<Scene> scenes, DynamoDbPriming.Answers answers) {

    /// One event.
    ///
    /// @param event the event as JSON
    /// @param expected what the function's result contains
    record Scene(String event, String expected) {}

    Rehearsal {
        scenes = List.copyOf(scenes);
    }
}
