package dev.overplane.crm.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// A request and what became of it.
///
/// @param call the request
/// @param fault what the proxy did with it
/// @param status DynamoDB's HTTP status, 0 if it was not asked or has not answered yet
/// @param answer DynamoDB's answer, whether or not anybody heard it
public record Exchange(Call call, Fault fault, int status, JsonNode answer) {

    static Exchange unanswered(Call call, Fault fault) {
        return new Exchange(call, fault, 0, MissingNode.getInstance());
    }

    /// Whether it changed what is stored.
    public boolean committed() {
        return call.isWrite() && status == 200;
    }

    /// Units that DynamoDB charged, of reading and writing alike; 0 unless the proxy asked, see
    /// [FaultProxy#measuring].
    public double units() {
        JsonNode capacity = answer.path("ConsumedCapacity");
        double units = capacity.path("CapacityUnits").asDouble();
        for (JsonNode table : capacity) {
            units += table.path("CapacityUnits").asDouble();
        }
        return units;
    }
}
