package dev.overplane.crm.local.template;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads what the `Policies` of an `AWS::Serverless::Function` allow at DynamoDB. What they allow at other services
/// is not read, since the local stack does not enforce it.
///
/// A policy must be a document in place whose statements allow. A wildcard is an error: permissions are compared as
/// they are written.
final class PolicyReader {

    private static final String DYNAMODB = "dynamodb:";
    private static final Set<String> STATEMENT = Set.of("Sid", "Effect", "Action", "Resource");

    private PolicyReader() {}

    /// Returns the permissions of all policies; none if the function has no policy.
    ///
    /// @throws TemplateException if a policy says what the local stack does not support
    static Set<Permission> read(TemplateValue function) {
        if (function.at("Role").isPresent()) {
            throw function.at("Role").error("is not supported by the local stack: give Policies");
        }
        var permissions = new LinkedHashSet<Permission>();
        if (!function.at("Policies").isPresent()) {
            return permissions;
        }
        for (var policy : oneOrMore(function.at("Policies"))) {
            if (!policy.isMap() || !policy.at("Statement").isPresent()) {
                throw policy.error("must be policy documents for the local stack");
            }
            oneOrMore(policy.at("Statement")).forEach(statement -> permissions.addAll(statement(statement)));
        }
        return permissions;
    }

    private static Set<Permission> statement(TemplateValue statement) {
        var permissions = new LinkedHashSet<Permission>();
        var actions = oneOrMore(statement.at("Action")).stream()
                .map(PolicyReader::withoutWildcard)
                .toList();
        if (actions.stream().noneMatch(action -> action.startsWith(DYNAMODB))) {
            return permissions;
        }
        statement.members().forEach((name, member) -> {
            if (!STATEMENT.contains(name)) {
                throw member.error("is not supported by the local stack");
            }
        });
        if (!statement.at("Effect").text().equals("Allow")) {
            throw statement.at("Effect").error("must be Allow for the local stack");
        }
        for (var resource : oneOrMore(statement.at("Resource"))) {
            var arn = withoutWildcard(resource);
            actions.forEach(action -> permissions.add(new Permission(action, arn)));
        }
        return permissions;
    }

    /// Returns the elements of a list, or what stands in its place, as IAM takes one for a list of one.
    private static List<TemplateValue> oneOrMore(TemplateValue value) {
        if (!value.isPresent()) {
            throw value.error("is missing");
        }
        return value.isList() ? value.elements() : List.of(value);
    }

    private static String withoutWildcard(TemplateValue value) {
        var text = value.text();
        if (text.contains("*") || text.contains("?")) {
            throw value.error("has a wildcard, which the local stack does not know: " + text);
        }
        return text;
    }
}
