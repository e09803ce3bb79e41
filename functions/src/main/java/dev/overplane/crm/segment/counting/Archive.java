package dev.overplane.crm.segment.counting;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// The deletions of a group that have been moved out of its item, by page within the group.
///
/// Stored as two bytes a page, most significant first, up to the last page that has any: a third of what an
/// attribute for each page would take.
///
/// Immutable.
public final class Archive {

    /// Nothing has been archived.
    public static final Archive EMPTY = new Archive(new char[0]);

    private final char[] deletions;

    private Archive(char[] deletions) {
        this.deletions = deletions;
    }

    /// Reads the stored form.
    ///
    /// @throws IllegalArgumentException if `bytes` is not one
    public static Archive of(byte[] bytes) {
        if (bytes.length % Character.BYTES != 0) {
            throw new IllegalArgumentException("half a page");
        }
        var deletions = new char[bytes.length / Character.BYTES];
        ByteBuffer.wrap(bytes).asCharBuffer().get(deletions);
        return new Archive(deletions);
    }

    /// The stored form.
    public byte[] toBytes() {
        var bytes = ByteBuffer.allocate(deletions.length * Character.BYTES);
        bytes.asCharBuffer().put(deletions);
        return bytes.array();
    }

    /// How many deletions of that page it holds.
    ///
    /// @param index the page within the group, from 0
    public int deletions(int index) {
        return index < deletions.length ? deletions[index] : 0;
    }

    /// How many deletions it holds. No two states of an archive have the same sum, for archiving only adds.
    public long sum() {
        return IntStream.range(0, deletions.length).mapToLong(this::deletions).sum();
    }

    /// The archive with other figures for some pages.
    ///
    /// @param figures deletions by page within the group, each 0 to 65,535
    Archive with(Map<Integer, Long> figures) {
        int last = figures.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
        char[] changed = Arrays.copyOf(deletions, Math.max(deletions.length, last + 1));
        figures.forEach((index, count) -> {
            if (count >>> Character.SIZE != 0) {
                throw new IllegalArgumentException("no page has " + count + " deletions");
            }
            changed[index] = (char) count.longValue();
        });
        return new Archive(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Archive archive && Arrays.equals(deletions, archive.deletions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(deletions);
    }

    @Override
    public String toString() {
        return "Archive"
                + IntStream.range(0, deletions.length)
                        .map(this::deletions)
                        .boxed()
                        .toList();
    }
}
