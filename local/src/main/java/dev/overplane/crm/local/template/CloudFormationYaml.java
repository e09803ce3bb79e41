package dev.overplane.crm.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads CloudFormation's YAML. Tags become the long form of the function: `!Sub x` becomes `{"Fn::Sub": x}`.
final class CloudFormationYaml {

    private CloudFormationYaml() {}

    /// @throws TemplateException if the file cannot be read, or is no YAML map
    static Map<?, ?> read(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            if (new Yaml(new Tags()).load(reader) instanceof Map<?, ?> template) {
                return template;
            }
            throw new TemplateException("is not a YAML map.");
        } catch (IOException e) {
            throw new TemplateException("cannot be read at " + file + ".", e);
        } catch (YAMLException e) {
            throw new TemplateException("is not YAML: " + e.getMessage(), e);
        }
    }

    private static final class Tags extends SafeConstructor {

        Tags() {
            super(options());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return longForm(node);
                }
            });
        }

        private static LoaderOptions options() {
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            // A guard against hostile files, which a template is not.
            options.setMaxAliasesForCollections(Integer.MAX_VALUE);
            return options;
        }

        private Map<String, Object> longForm(Node node) {
            var tag = node.getTag().getValue().substring(1);
            var value = plain(node);
            return switch (tag) {
                case "Ref", "Condition" -> Map.of(tag, value);
                case "GetAtt" -> Map.of("Fn::GetAtt", value instanceof String s ? List.of(s.split("\\.", 2)) : value);
                default -> Map.of("Fn::" + tag, value);
            };
        }

        private Object plain(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new TemplateException("has a YAML node of kind " + node.getNodeId() + ".");
            };
        }
    }
}
