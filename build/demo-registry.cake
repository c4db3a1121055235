// Registries of the demo: processes of the test kit, ended by their own handle.

DemoRegistry StartRegistry(FilePath kit, FilePath log, string[] content)
{
    var ready = log.ChangeExtension("ready");
    var process = System.Diagnostics.Process.Start("dotnet",
        [kit.FullPath, "serve", .. content, "--ready-file", ready.FullPath, "--request-log", log.FullPath]);
    return new DemoRegistry(process, WaitForRegistry(process, ready), log.FullPath);
}

// The ready file's first line is the address, written once the registry accepts connections.
string WaitForRegistry(System.Diagnostics.Process process, FilePath ready)
{
    var clock = System.Diagnostics.Stopwatch.StartNew();
    while (clock.Elapsed < TimeSpan.FromSeconds(60))
    {
        if (FileExists(ready)
            && System.IO.File.ReadLines(ready.FullPath).FirstOrDefault() is { Length: > 0 } address)
        {
            return address.Replace("http://", "", StringComparison.Ordinal).TrimEnd('/', ' ');
        }

        if (process.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            throw new CakeException("An embedded registry ended before it was ready. Its message is above.");
        }
    }

    throw new CakeException("An embedded registry was not ready after 60 seconds.");
}

sealed class DemoRegistry(System.Diagnostics.Process process, string host, string log) : IDisposable
{
    private int _seen;

    public string Host => host;

    // "repository tag" of every tag written since the last question, as the registry itself recorded it.
    public HashSet<string> TakeWrittenTags()
    {
        using var file = new System.IO.FileStream(
            log, System.IO.FileMode.Open, System.IO.FileAccess.Read, System.IO.FileShare.ReadWrite);
        using var reader = new System.IO.StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(_seen).ToList();
        _seen += lines.Count;
        return lines
            .Select(line => System.Text.RegularExpressions.Regex.Match(
                line, "^PUT /v2/(?<repository>[^ ]+)/manifests/(?<tag>(?!sha256:)[^ ]+) .* 201 "))
            .Where(match => match.Success)
            .Select(match => $"{match.Groups["repository"].Value} {match.Groups["tag"].Value}")
            .ToHashSet();
    }

    public void Stop()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    public void Dispose() => process.Dispose();
}
