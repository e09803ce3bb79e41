package dev.overplane.crm.local.template;

import java.util.Map;
import java.util.Optional;

/// What names mean in a template: parameters, AWS's pseudo parameters and resources.
interface Scope {

    /// What `!Ref name` stands for; empty when there is no such name.
    Optional<Object> ref(String name);

    /// What `!GetAtt resource.attribute` stands for; empty when the resource or its attribute is unknown here.
    Optional<Object> attribute(String resource, String attribute);

    /// The template's section `Conditions`.
    Map<String, Object> conditions();
}
