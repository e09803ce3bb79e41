package dev.overplane.crm.local.template;

import java.util.Set;

/// Whether the local stack runs an event source. One that it is to run gets a constant here, and a branch where
/// this is switched on.
enum EventType {
    /// A route of the REST API.
    API,
    /// Known to SAM, run by AWS alone.
    ELSEWHERE;

    private static final Set<String> KNOWN = Set.of(
            "AlexaSkill",
            "CloudWatchEvent",
            "CloudWatchLogs",
            "Cognito",
            "DocumentDB",
            "DynamoDB",
            "EventBridgeRule",
            "HttpApi",
            "IoTRule",
            "Kinesis",
            "MQ",
            "MSK",
            "S3",
            "SNS",
            "SQS",
            "Schedule",
            "ScheduleV2",
            "SelfManagedKafka");

    static EventType of(Node event) {
        var type = event.at("Type").text();
        if (type.equals("Api")) {
            return API;
        }
        if (KNOWN.contains(type)) {
            return ELSEWHERE;
        }
        throw event.error("has the event type " + type + ", which SAM does not know");
    }
}
