package dev.overplane.crm.local.template;

import java.util.List;

/// The parts of a SAM template that the local stack runs.
public record Template(Api api, List<Function> functions, List<Table> tables) {

    public Template {
        functions = List.copyOf(functions);
        tables = List.copyOf(tables);
    }
}
