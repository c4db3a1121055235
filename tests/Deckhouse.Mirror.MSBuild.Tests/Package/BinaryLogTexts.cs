using System.IO.Compression;
using Microsoft.Build.Logging.StructuredLogger;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>
/// Every text of a binary log, read as its viewer does (docs/decisions/0006-structured-logger.md): messages,
/// properties, items, parameters, the environment, and the project files that are embedded.
/// </summary>
internal static class BinaryLogTexts
{
    public static IReadOnlyList<string> Read(string path)
    {
        Build build = BinaryLog.ReadBuild(path);
        List<string> texts = [.. build.StringTable.Instances, .. build.SourceFiles.Select(file => file.Text)];
        build.VisitAllChildren<BaseNode>(
            node => texts.Add(node.GetFullText() ?? ""), CancellationToken.None, takeChildrenSnapshot: false);
        return texts;
    }

    /// <summary>The binary log as it was written before it was compressed.</summary>
    public static async Task<byte[]> UnzipAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        await using GZipStream gzip = new(file, CompressionMode.Decompress);
        using MemoryStream content = new();
        await gzip.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }
}
