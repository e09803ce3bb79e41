package dev.overplane.crm.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The measurements in the middle of each collection as two plots side by side, both axes logarithmic, as SVG.
final class Plot {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int TOP = 56;
    private static final int GAP = 130;
    private static final int BOTTOM = 52;
    private static final int LABEL_HEIGHT = 15;

    private final StringBuilder svg = new StringBuilder();
    private final List<Measurement> middle;

    private Plot(List<Measurement> measurements) {
        this.middle =
                measurements.stream().filter(m -> m.offset() == m.objects() / 2).toList();
    }

    /// Draws them.
    ///
    /// @return an SVG document
    static String of(List<Measurement> measurements) {
        return new Plot(measurements).draw();
    }

    private String draw() {
        int width = 2 * (LEFT + WIDTH + GAP);
        int height = TOP + HEIGHT + BOTTOM;
        svg.append(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\""
                        + " font-size=\"13\" fill=\"#333\">%n",
                width, height));
        svg.append(format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n", width, height));
        panel(
                LEFT,
                "Read units for one listing",
                "read units",
                middle.stream().filter(m -> m.units().isPresent()).toList(),
                m -> m.units().orElseThrow());
        panel(
                2 * LEFT + WIDTH + GAP,
                "Median latency of one listing",
                "ms",
                middle.stream().filter(m -> m.p50().isPresent()).toList(),
                m -> m.p50().orElseThrow());
        return svg.append("</svg>\n").toString();
    }

    private record Point(double x, double y) {}

    private void panel(
            int left, String title, String unit, List<Measurement> measurements, Function<Measurement, Double> value) {
        var xs = Axis.around(
                measurements.stream().mapToDouble(Measurement::objects).toArray(), left, left + WIDTH);
        var ys = Axis.around(measurements.stream().mapToDouble(value::apply).toArray(), TOP + HEIGHT, TOP);
        text(left, TOP - 28, "start", "font-size=\"16\" font-weight=\"bold\"", title);
        text(left, TOP - 10, "start", "fill=\"#777\"", unit + ", 20 objects from the middle");
        for (int power = ys.from; power <= ys.to; power++) {
            double y = ys.at(Math.pow(10, power));
            svg.append(format(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e4e4e4\"/>%n",
                    left, y, left + WIDTH, y));
            text(left - 8, y + 4, "end", "", number(power));
        }
        for (int power = xs.from; power <= xs.to; power++) {
            double x = xs.at(Math.pow(10, power));
            svg.append(format(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e4e4e4\"/>%n",
                    x, TOP, x, TOP + HEIGHT));
            text(x, TOP + HEIGHT + 20, "middle", "", number(power));
        }
        text(left + WIDTH / 2.0, TOP + HEIGHT + 42, "middle", "fill=\"#777\"", "objects");
        lines(measurements, value, xs, ys);
    }

    private void lines(List<Measurement> measurements, Function<Measurement, Double> value, Axis xs, Axis ys) {
        var labels = new ArrayList<Double>();
        for (Way way : Way.values()) {
            List<Point> points = measurements.stream()
                    .filter(m -> m.way().equals(way.label))
                    .map(m -> new Point(xs.at(m.objects()), ys.at(value.apply(m))))
                    .toList();
            if (points.isEmpty()) {
                continue;
            }
            String path = points.stream()
                    .map(p -> format("%.1f,%.1f", p.x, p.y))
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow();
            svg.append(format(
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"/>%n",
                    path, way.colour, way.width));
            points.forEach(p -> svg.append(
                    format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", p.x, p.y, way.colour)));
            double y = free(points.getLast().y + 4, labels);
            labels.add(y);
            Measurement last = measurements.stream()
                    .filter(m -> m.way().equals(way.label))
                    .toList()
                    .getLast();
            text(
                    points.getLast().x + 10,
                    y,
                    "start",
                    "fill=\"" + way.colour + "\" font-weight=\"bold\"",
                    way.label + " " + rounded(value.apply(last)));
        }
    }

    /// Where a label can stand without covering another.
    private static double free(double y, List<Double> labels) {
        double free = y;
        for (double label : labels) {
            if (Math.abs(label - free) < LABEL_HEIGHT) {
                free = label + (free < label ? -LABEL_HEIGHT : LABEL_HEIGHT);
            }
        }
        return free;
    }

    private enum Way {
        OURS(Benchmark.OURS, "#0b6e4f", "3"),
        NAIVE(Benchmark.NAIVE, "#c1292e", "2"),
        POSTGRES(Benchmark.POSTGRES, "#336699", "2");

        private final String label;
        private final String colour;
        private final String width;

        Way(String label, String colour, String width) {
            this.label = label;
            this.colour = colour;
            this.width = width;
        }
    }

    /// Whole powers of ten between two ends in the picture.
    private record Axis(int from, int to, double start, double end) {

        static Axis around(double[] values, double start, double end) {
            double least = Double.MAX_VALUE;
            double most = 0;
            for (double value : values) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            int from = (int) Math.floor(Math.log10(least));
            return new Axis(from, Math.max(from + 1, (int) Math.ceil(Math.log10(most))), start, end);
        }

        /// Where a value stands in the picture.
        double at(double value) {
            return start + (Math.log10(value) - from) / (to - from) * (end - start);
        }
    }

    private static String number(int power) {
        return power < 0 ? format("%." + -power + "f", Math.pow(10, power)) : format("%,.0f", Math.pow(10, power));
    }

    private static String rounded(double value) {
        return value < 10 ? format("%.1f", value) : format("%,.0f", value);
    }

    private void text(double x, double y, String anchor, String attributes, String text) {
        svg.append(format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n", x, y, anchor, attributes, text));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
