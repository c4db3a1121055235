// The demo's third way: the script of examples/ci, stage by stage, as a job of a CI system runs it.

void MirrorByCi(
    DirectoryPath root, DirectoryPath run, DirectoryPath feed, string version, string source, string target)
{
    var summary = run.CombineWithFilePath("ci-summary.md");
    foreach (var stage in new[] { "plan", "pull", "verify", "push" })
    {
        Console.WriteLine($"\n$ examples/ci/mirror.sh {stage}\n");
        var arguments = new ProcessArgumentBuilder()
            .AppendQuoted(root.CombineWithFilePath("examples/ci/mirror.sh").FullPath).Append(stage);
        foreach (var (name, value) in new (string, string)[]
        {
            ("D8MirrorSource", source + "/deckhouse/ee"),
            ("D8MirrorTarget", target + "/ci/deckhouse/ee"),
            ("D8MirrorInsecure", "true"),
            ("DeckhouseMirrorVersion", version),
            ("RestoreAdditionalProjectSources", feed.FullPath),
            ("RestorePackagesPath", run.Combine("packages").FullPath),
        })
        {
            arguments.AppendQuoted($"-p:{name}={value}");
        }

        var exitCode = StartProcess("sh", new ProcessSettings
        {
            Arguments = arguments,
            WorkingDirectory = root,
            EnvironmentVariables = new Dictionary<string, string>
            {
                ["D8MirrorBundleDirectory"] = run.Combine("ci").FullPath,
                ["MIRROR_REPORTS"] = run.Combine("ci-reports").FullPath,
                ["GITHUB_STEP_SUMMARY"] = summary.FullPath,
            },
        });
        if (exitCode != 0)
        {
            throw new CakeException($"The stage {stage} of examples/ci/mirror.sh ended with {exitCode}; see above.");
        }

        foreach (var verb in stage == "verify" ? new[] { "verify-gost-digest", "verify" } : new[] { stage })
        {
            var report = run.CombineWithFilePath($"ci-reports/{verb}.html");
            if (!FileExists(report))
            {
                throw new CakeException($"The stage {stage} of examples/ci/mirror.sh left no {report}.");
            }
        }
    }

    // A heading for each verb: plan, pull, sums, verification, push.
    var headings = System.IO.File.ReadLines(summary.FullPath).Count(line => line.StartsWith("## "));
    if (headings != 5)
    {
        throw new CakeException($"{summary} has {headings} summaries, and five verbs were run.");
    }

    Console.WriteLine($"\nThe reports of these stages are in {run.Combine("ci-reports")}, their summary is {summary}.");
}
