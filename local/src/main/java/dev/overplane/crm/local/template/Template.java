package dev.overplane.crm.local.template;

import java.util.List;

/// What this machine runs of a SAM template.
///
/// @param notRun the event sources that only AWS runs, for a word at start: `Function: Type`
public record Template(Api api, List<Function> functions, List<Table> tables, List<String> notRun) {

    public Template {
        functions = List.copyOf(functions);
        tables = List.copyOf(tables);
        notRun = List.copyOf(notRun);
    }
}
