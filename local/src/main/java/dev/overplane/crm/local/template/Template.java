package dev.overplane.crm.local.template;

import java.util.List;
import java.util.Optional;

/// The parts of a SAM template that the local stack runs.
///
/// @param eventBus the name of the event bus, if there is one
public record Template(
        Api api,
        List<Function> functions,
        List<Table> tables,
        List<StreamMapping> streamMappings,
        List<Schedule> schedules,
        Optional<String> eventBus) {

    public Template {
        functions = List.copyOf(functions);
        tables = List.copyOf(tables);
        streamMappings = List.copyOf(streamMappings);
        schedules = List.copyOf(schedules);
    }
}
