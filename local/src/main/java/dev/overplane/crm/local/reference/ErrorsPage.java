package dev.overplane.crm.local.reference;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Renders `docs/errors.md` as a page, in which each code is an anchor: the errors' `Link` leads there.
final class ErrorsPage {

    private ErrorsPage() {}

    /// @param page the page's frame, with `<!-- errors -->` where the text belongs
    static String render(String page, String markdown) {
        var extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
        var document = Parser.builder().extensions(extensions).build().parse(markdown);
        var html = HtmlRenderer.builder()
                .extensions(extensions)
                // A code block or a table can be wider than a telephone: whoever has no mouse scrolls it by keyboard.
                .attributeProviderFactory(_ -> (_, tag, attributes) -> {
                    if (tag.equals("pre") || tag.equals("table")) {
                        attributes.put("tabindex", "0");
                    }
                })
                .build()
                .render(document);
        return page.replace("<!-- errors -->", html);
    }
}
