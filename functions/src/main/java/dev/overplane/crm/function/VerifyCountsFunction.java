package dev.overplane.crm.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.overplane.crm.account.AccountId;
import dev.overplane.crm.account.Tenant;
import dev.overplane.crm.dynamodb.Deadline;
import dev.overplane.crm.key.AccountScan;
import dev.overplane.crm.log.Metrics;
import dev.overplane.crm.segment.store.CountVerifier;
import dev.overplane.crm.segment.store.CountVerifier.End;
import dev.overplane.crm.segment.store.CountVerifier.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Verifies the counters of all tenants, or, by hand, of the account that the event's `detail` names. Stops
/// before its time-out; the next run goes on from there. A pass over all tenants may take several runs.
///
/// Returns the numbers of `tenants` whose verification came to its end, of objects `checked`, of items
/// `drifted` and of those `repaired`, and whether this was all that there was to do (`complete`). The numbers
/// are metrics too.
///
/// Thread-safe.
public final class VerifyCountsFunction implements RequestHandler<ScheduledEvent, Map<String, Object>> {

    /// Time for the result, before the function's time-out.
    private static final Duration RESERVE = Duration.ofSeconds(5);

    private final CountVerifier verifier;
    private final AccountScan accounts;
    private final String stack;

    /// Lambda calls this one.
    public VerifyCountsFunction() {
        this(System.getenv());
    }

    /// @param environment the function's environment variables
    public VerifyCountsFunction(Map<String, String> environment) {
        var components = new Components(environment);
        verifier = components.countVerifier();
        accounts = components.accountScan();
        stack = components.stackName();
    }

    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, Context context) {
        var run = new Run(Deadline.in(
                Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE)));
        boolean complete = requestedAccount(event).map(run::verify).orElseGet(run::verifyAll);
        Metrics.report(
                "counts_verified",
                stack,
                Map.of(
                        "tenants", run.tenants,
                        "checked", run.checked,
                        "drifted", run.drifted,
                        "repaired", run.repaired));
        return Map.of(
                "tenants", run.tenants,
                "checked", run.checked,
                "drifted", run.drifted,
                "repaired", run.repaired,
                "complete", complete);
    }

    private static Optional<AccountId> requestedAccount(ScheduledEvent event) {
        Map<String, Object> detail = event.getDetail();
        Object account = detail == null ? null : detail.get("account");
        return Optional.ofNullable(account)
                .map(given -> AccountId.parse(given.toString())
                        .orElseThrow(() -> new InvalidInputException(
                                "detail.account must be acct_ and 1 to 64 letters and digits.")));
    }

    private final class Run {

        private final Deadline deadline;
        private long tenants;
        private long checked;
        private long drifted;
        private long repaired;

        Run(Deadline deadline) {
            this.deadline = deadline;
        }

        /// Verifies all accounts from the cursor on.
        ///
        /// @return whether the pass came to its end
        boolean verifyAll() {
            Optional<AccountScan.Position> position = verifier.cursor(deadline).map(AccountScan.Position::parse);
            AccountScan.Page page;
            do {
                page = accounts.next(position, deadline);
                for (AccountScan.Position key : page.keys()) {
                    boolean known = position.filter(last -> last.account().equals(key.account()))
                            .isPresent();
                    if (!known && !verify(key.account())) {
                        return false;
                    }
                    position = Optional.of(key);
                    if (!known) {
                        verifier.saveCursor(position.map(AccountScan.Position::value), deadline);
                    }
                }
            } while (!page.last());
            verifier.saveCursor(Optional.empty(), deadline);
            return true;
        }

        /// Verifies an account in both modes.
        ///
        /// @return whether there was time for it. What another run has under way counts as done.
        boolean verify(AccountId account) {
            for (var tenant : List.of(new Tenant(account, false), new Tenant(account, true))) {
                Verification verification = verifier.verify(tenant, deadline);
                tenants += verification.end() == End.COMPLETE ? 1 : 0;
                checked += verification.checked();
                drifted += verification.drifted();
                repaired += verification.repaired();
                if (verification.end() == End.OUT_OF_TIME) {
                    return false;
                }
            }
            return true;
        }
    }
}
