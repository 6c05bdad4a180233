package dev.gatehouse.example.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a wheel or source archive says of itself in its core metadata. */
record Artefact(String packagetype, ProjectName name, String version, String summary, String requiresPython) {
    static final int MOST_ENTRIES = 100_000;
    private static final int LONGEST_METADATA = 1024 * 1024;
    /** What the column of the versions of Python holds; shorter, they would let the file run where it does not. */
    private static final int LONGEST_PYTHON = 255;

    private static final int LONGEST_VISIBLE = 500;
    private static final Pattern FILENAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+!-]{0,254}");

    /**
     * Reads the metadata of the file.
     *
     * @param filename the name that the client gave, which decides what the file must be
     */
    static Artefact read(Path content, String filename) throws IOException, UploadProblem {
        if (!FILENAME.matcher(filename).matches() || filename.contains("..")) {
            throw new UploadProblem("Invalid file name: a plain name of a wheel or source archive is needed.");
        }
        try {
            if (filename.endsWith(".whl")) {
                return checkedName(filename, parse("bdist_wheel", wheelMetadata(content, filename)));
            }
            if (filename.endsWith(".tar.gz")) {
                return checkedName(filename, parse("sdist", sourceMetadata(content, filename)));
            }
        } catch (Metered.SpentException e) {
            throw e.problem();
        } catch (IOException e) {
            throw new UploadProblem("Invalid distribution file: it cannot be read as the archive that its name says.");
        }
        throw new UploadProblem("Invalid file extension: Use .tar.gz or .whl extension.");
    }

    private static Artefact checkedName(String filename, Artefact artefact) throws UploadProblem {
        String stem =
                filename.endsWith(".whl") ? filename : filename.substring(0, filename.length() - ".tar.gz".length());
        int end = filename.endsWith(".whl") ? stem.indexOf('-') : stem.lastIndexOf('-');
        String prefix = end > 0 ? stem.substring(0, end) : "";
        if (!ProjectName.normalize(prefix).equals(artefact.name.normalized())) {
            throw new UploadProblem("The file name must begin with the name of the project, '"
                    + artefact.name.normalized().replace('-', '_') + "'.");
        }
        if (!Versions.same(versionIn(filename, stem.substring(end + 1)), artefact.version)) {
            throw new UploadProblem("The file name is not of version '" + visible(artefact.version)
                    + "', which the metadata in the file says.");
        }
        return artefact;
    }

    /** A wheel has tags after its version, and an underscore where the version has a hyphen. */
    private static String versionIn(String filename, String afterTheProject) {
        return filename.endsWith(".whl") ? afterTheProject.split("-", 2)[0].replace('_', '-') : afterTheProject;
    }

    private static String wheelMetadata(Path content, String filename) throws IOException, UploadProblem {
        try (ZipFile zip = new ZipFile(content.toFile())) {
            String found = null;
            if (zip.size() > MOST_ENTRIES) {
                throw new UploadProblem("Invalid distribution file: too many entries.");
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (isWheelMetadata(entry.getName())) {
                    if (found != null) {
                        throw new UploadProblem(
                                "Invalid distribution file: more than one METADATA in " + filename + ".");
                    }
                    try (InputStream in = zip.getInputStream(entry)) {
                        found = bounded(in);
                    }
                }
            }
            if (found == null) {
                throw new UploadProblem("Wheel '" + filename + "' does not contain the required METADATA file.");
            }
            return found;
        }
    }

    private static String sourceMetadata(Path content, String filename) throws IOException, UploadProblem {
        return SourceArchive.metadata(content)
                .orElseThrow(() -> new UploadProblem(
                        "Source archive '" + filename + "' does not contain the required PKG-INFO file."));
    }

    private static boolean isWheelMetadata(String name) {
        return name.endsWith(".dist-info/METADATA") && name.indexOf('/') == name.lastIndexOf('/');
    }

    static String bounded(InputStream in) throws IOException, UploadProblem {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (out.size() + n > LONGEST_METADATA) {
                throw new UploadProblem("Invalid distribution file: its metadata is longer than 1 MiB.");
            }
            out.write(buffer, 0, n);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Artefact parse(String packagetype, String metadata) throws UploadProblem {
        String name = field(metadata, "Name");
        String version = field(metadata, "Version");
        ProjectName project = ProjectName.of(name)
                .orElseThrow(() -> new UploadProblem("Invalid distribution metadata: no valid Name."));
        if (version.isEmpty()) {
            throw new UploadProblem("Invalid distribution metadata: no Version.");
        }
        String python = field(metadata, "Requires-Python");
        if (python.length() > LONGEST_PYTHON) {
            throw new UploadProblem(
                    "Invalid distribution metadata: Requires-Python is longer than " + LONGEST_PYTHON + " characters.");
        }
        return new Artefact(packagetype, project, version, field(metadata, "Summary"), python);
    }

    /** The one value of a header; a second one would leave open which counts. */
    private static String field(String metadata, String header) throws UploadProblem {
        String found = "";
        String prefix = header.toLowerCase(Locale.ROOT) + ":";
        for (String line : metadata.split("\r?\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                if (!found.isEmpty()) {
                    throw new UploadProblem("Invalid distribution metadata: " + header + " is given twice.");
                }
                found = line.substring(prefix.length()).strip();
            }
        }
        return found;
    }

    /** Text of a stranger, without control characters, and cut to as many units of UTF-16 as databases count. */
    static String visible(String text) {
        StringBuilder out = text.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
                .limit(LONGEST_VISIBLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        if (out.length() > LONGEST_VISIBLE) {
            out.setLength(LONGEST_VISIBLE - (Character.isHighSurrogate(out.charAt(LONGEST_VISIBLE - 1)) ? 1 : 0));
        }
        return out.toString();
    }
}
