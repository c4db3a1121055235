using System.Collections.Immutable;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.DeckhouseMirror;

/// <summary>Files of settings, of which some are patterns, as Cake's own <c>GetFiles</c> takes them.</summary>
internal static class FilePatterns
{
    private static readonly char[] _wildcards = ['*', '?', '[', '{'];

    /// <summary>
    /// The files, with those that a pattern finds in its place. A pattern that finds none stays: the check of the files
    /// reports it.
    /// </summary>
    public static ImmutableArray<string> Expand(ICakeContext context, IEnumerable<FilePath>? files) =>
        [.. (files ?? []).SelectMany(file => Expand(context, file))];

    private static string[] Expand(ICakeContext context, FilePath file)
    {
        // A name may hold what a pattern uses.
        if (file.FullPath.IndexOfAny(_wildcards) < 0
            || context.FileSystem.Exist(file.MakeAbsolute(context.Environment)))
        {
            return [file.FullPath];
        }

        string[] found =
        [
            .. context.Globber.GetFiles(file.FullPath).Select(match => match.FullPath)
                .Order(StringComparer.Ordinal),
        ];
        return found.Length > 0 ? found : [file.FullPath];
    }
}
