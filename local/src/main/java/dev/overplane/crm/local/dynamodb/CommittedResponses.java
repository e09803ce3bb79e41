package dev.overplane.crm.local.dynamodb;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/// Holds back the response to a write until it is committed.
///
/// DynamoDB Local 3.3.1 does not wait for the commit: `SQLiteDBAccess.commitTransaction` queues it and returns.
/// A process that is killed then loses writes that were acknowledged. The queue is served in order, so whatever
/// reads afterwards waits for the commit.
final class CommittedResponses extends Handler.Wrapper {

    private static final String API = "DynamoDB_20120810.";
    private static final Set<String> WRITES = Set.of(
            API + "PutItem",
            API + "UpdateItem",
            API + "DeleteItem",
            API + "BatchWriteItem",
            API + "TransactWriteItems");
    /// Any value reaches the same tables.
    private static final String ANY = "local";

    private final LocalDynamoDBRequestHandler engine;

    CommittedResponses(Handler handler, LocalDynamoDBRequestHandler engine) {
        super(handler);
        this.engine = engine;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var operation = request.getHeaders().get("X-Amz-Target");
        return super.handle(
                request,
                operation != null && WRITES.contains(operation) ? new AfterCommit(request, response) : response,
                callback);
    }

    private final class AfterCommit extends Response.Wrapper {

        AfterCommit(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            engine.listTables(ANY, ANY, ListTablesRequest.builder().limit(1).build());
            super.write(last, content, callback);
        }
    }
}
