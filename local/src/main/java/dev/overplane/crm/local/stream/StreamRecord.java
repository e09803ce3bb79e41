package dev.overplane.crm.local.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// A record of a stream.
///
/// @param sequenceNumber its place in the shard
/// @param created when the change was committed
/// @param json the record in the event of a function
record StreamRecord(String sequenceNumber, Instant created, ObjectNode json) {}
