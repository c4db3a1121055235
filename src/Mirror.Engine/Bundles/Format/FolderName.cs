using System.Text.RegularExpressions;
using Mirror.Engine.Oci;
using Mirror.Engine.Plan;

namespace Mirror.Engine.Bundles.Format;

/// <summary>
/// A name in a bundle folder and what it can be. The endings that tools give to a copy have no end, so the rule lists
/// what may lie there: whatever else has the name of an archive in it is a suspect.
/// </summary>
/// <param name="Kind">What it can be.</param>
/// <param name="Seems">What it seems to be, for people.</param>
/// <param name="Of">The file that it goes with.</param>
internal sealed partial record FolderName(FolderNameKind Kind, string Seems = "", string? Of = null)
{
    private const string Changed = "an archive, or a part of one, whose name was changed";

    public static FolderName Judge(string name)
    {
        string published = BundleNames.PublishedName(name) ?? name;
        if (BundleNames.ArchiveOf(name) is not null)
        {
            return new FolderName(FolderNameKind.Archive);
        }

        if (published is BundleNames.Lock or BundleNames.Holder or BundleNames.Commit
            or PlannedFile.Releases or LockFile.BundledName)
        {
            return new FolderName(FolderNameKind.Other);
        }

        if (CompanionName().Match(published) is { Success: true } companion)
        {
            return new FolderName(
                FolderNameKind.Companion, Of: published == name ? companion.Groups["of"].Value : null);
        }

        return name.StartsWith("._", StringComparison.Ordinal)
            && Judge(name[2..]) is { Kind: FolderNameKind.Archive or FolderNameKind.Suspect }
                ? new FolderName(FolderNameKind.AppleDouble, "an AppleDouble file without its archive", name[2..])
                : JudgeFolded(FoldedName.Fold(name), FoldedName.IsTurned(name));
    }

    private static FolderName JudgeFolded(string name, bool isTurned)
    {
        string trimmed = name.Trim(' ', '.');
        if (BundleNames.ArchiveOf(trimmed) is not null)
        {
            return new FolderName(
                FolderNameKind.Suspect, $"'{trimmed}', spelled with other letters, dots or blanks");
        }

        if (isTurned)
        {
            return new FolderName(FolderNameKind.Suspect, "a name that is not what it looks like");
        }

        bool isDocument = Document().IsMatch(name);
        if (TarName().IsMatch(name)
            || Download().IsMatch(name)
            || (!isDocument && (TarWord().IsMatch(name) || ArchiveName().IsMatch(name))))
        {
            return new FolderName(FolderNameKind.Suspect, Guess(name) ?? Changed);
        }

        return !isDocument && (Packed().IsMatch(name) || Piece().IsMatch(name) || ArchiveWord().IsMatch(name))
            ? new FolderName(FolderNameKind.Doubtful)
            : new FolderName(FolderNameKind.Other);
    }

    private static string? Guess(string name) =>
        Download().IsMatch(name) || Unfinished().IsMatch(name) ? "an unfinished download or copy"
        : Placeholder().IsMatch(name) ? "a link or placeholder for a file that is somewhere else"
        : Packed().IsMatch(name) ? "a compressed or encrypted archive"
        : Renamed().IsMatch(name) ? "a copy that a tool renamed, or an older version that it kept"
        : Piece().IsMatch(name) ? "a piece of an archive that another tool split"
        : null;

    /// <summary>What speaks of a file: inventories, sums, signatures, the mark of Windows on downloads.</summary>
    [GeneratedRegex(
        @"\A(?<of>.+?)([.](json|gostsum|gost|streebog|crc32|sfv|sha[0-9]+(sums?)?|md5(sums?)?|b(lake)?[23]b?(sums?)?"
            + @"|asc|sign?|minisig|p7s|par2|torrent|meta4|metalink|zsync)|[:\uf03a]zone\.identifier)\z",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        OciLimits.PatternMilliseconds)]
    private static partial Regex CompanionName();

    /// <summary>The ending, wherever it stands; but MSBuild has .targets.</summary>
    [GeneratedRegex(
        @"[.]tar(?!gets?\z)|[.](tgz|tbz2?|txz|tzst|tlz|taz)(?![a-z])",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex TarName();

    /// <summary>The ending where a tool put something else in place of the dot, or cut it to three letters.</summary>
    [GeneratedRegex(
        "(?<![a-z0-9])(tar|chunk|chu)(?![a-z])", RegexOptions.ExplicitCapture, OciLimits.PatternMilliseconds)]
    private static partial Regex TarWord();

    /// <summary>The name of an archive without its ending, also in the 8.3 form of DOS.</summary>
    [GeneratedRegex(
        @"\A[^a-z0-9]*((platform|security|installer|deckhouse[-_ ]?cli|package[-_ ]?versions)(?![a-z])"
            + @"|(module|package|plugin)[-_ ][^ ]|(platfo|securi|instal|deckho|module|packag|plugin)~[0-9])",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex ArchiveName();

    /// <summary>The same behind other words, which is no more than a hint.</summary>
    [GeneratedRegex(
        "(?<![a-z0-9])((platform|security|installer|deckhouse-cli)(?![a-z])|(module|package|plugin)-[a-z0-9])",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex ArchiveWord();

    /// <summary>What people and builds put beside a bundle.</summary>
    [GeneratedRegex(
        "[.](md|markdown|txt|text|rst|adoc|html?|pdf|docx?|xlsx?|od[tsp]|csv|tsv|json|ya?ml|toml|ini|cfg|conf|config"
            + "|env|xml|log|binlog|sh|bash|ps1|cmd|bat|py|cs|cake|[a-z]+proj|props|targets|slnx?|lock|js|ts|png|svg"
            + @"|jpe?g|gif|pem|crt|cer|key|pub)\z",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Document();

    /// <summary>Whatever is being downloaded into the folder, it is not complete.</summary>
    [GeneratedRegex(
        "[.](filepart|crdownload|part|partial|(op|fdm)?download|aria2|dtapart|xltd|!qb|!ut|!bt|bc!|jc!|ob!)(?![a-z0-9])"
            + @"|\A[.]goutputstream-",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Download();

    /// <summary>Temporary names of rsync, Syncthing, lftp, Nextcloud and editors.</summary>
    [GeneratedRegex(
        @"[.](te?mp|swp|inprogress|incomplete|upload(ing)?)(?![a-z0-9])|~[0-9a-f]*\z|\A[.~].*[.][a-z0-9]{6,}\z"
            + @"|\A([.]syncthing[.]|~syncthing~|[.]in[.])",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Unfinished();

    [GeneratedRegex(
        "[.](i?cloudf?|nextcloud|owncloud|placeholder|lnk|url|webloc|desktop|symlink)(?![a-z0-9])",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        "[.](gz|gzip|bz2?|xz|zstd?|lz|lz4|lzo|lzma|br|z|tgz|tbz2?|txz|tzst|tlz|taz|7z|zipx?|rar|cab|arj|cpio|iso|img"
            + "|dmg|vhdx?|wim|squashfs|gpg|pgp|age|enc|aes|p7m)(?![a-z0-9])",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Packed();

    [GeneratedRegex(
        @"\([^)]*\)|(?<![a-z])(copy|kopie|copie|copia)(?![a-z])|koпия|conflict|[.](bak|backup|old|orig|save)\z"
            + @"|[.](prev|[0-9])\z|;[0-9]+\z",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Renamed();

    [GeneratedRegex(
        @"[.]([0-9]{3,}|[zr][0-9]{2}|part[0-9]+)(?![a-z0-9])|tar[.]?[a-z]{2}\z|chunk|\Ax([a-d][a-z]|[0-9]{2,3})\z",
        RegexOptions.ExplicitCapture,
        OciLimits.PatternMilliseconds)]
    private static partial Regex Piece();
}
