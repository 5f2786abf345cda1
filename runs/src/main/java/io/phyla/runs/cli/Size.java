package io.phyla.runs.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes as the command line has them. */
record Size(long bytes) {

    private static final String UNITS = "KMG";
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([KMG]?)");
    private static final int STEP = 10;

    /** {@code 1000000}, {@code 500M} or {@code 2G}, in powers of 1024. */
    static final class Reader implements ITypeConverter<Size> {

        @Override
        public Size convert(String text) {
            Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException("a size is a number, perhaps with K, M or G, not '" + text + "'");
            }
            int steps = 1 + (matcher.group(2).isEmpty() ? -1 : UNITS.indexOf(matcher.group(2)));
            return new Size(Long.parseLong(matcher.group(1)) << STEP * steps);
        }
    }
}
