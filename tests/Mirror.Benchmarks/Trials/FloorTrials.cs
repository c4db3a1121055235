using Mirror.Benchmarks.Measuring;
using Mirror.Benchmarks.Sources;

namespace Mirror.Benchmarks.Trials;

/// <summary>What the works cost at least: the same bytes moved and hashed by curl and sha256sum.</summary>
internal sealed class FloorTrials(BenchSource source, BenchFolders folders, CancellationToken cancellationToken)
{
    private const string Curl = "curl --silent --show-error --fail --noproxy '*'";
    private const string Parallel = Curl + " --parallel --parallel-max 8 --parallel-immediate";
    private const string Sums = "xargs -P 2 -n 16 sha256sum";
    private const string Accept =
        "Accept: application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, "
        + "application/vnd.docker.distribution.manifest.v2+json, "
        + "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>The unique blobs to disk with 8 connections, then their sums with two processes.</summary>
    public Trial Pull() => new(
        "pull", "floor: curl -Z, then sha256sum -P 2", TrialRole.Floor, source.BlobBytes, () =>
        {
            string folder = folders.New();
            return Task.FromResult(PullInto(Path.Combine(folder, "blobs"), folder, [folder]));
        });

    /// <summary>The sums of the files of the bundle's archives with two processes.</summary>
    public Trial Verify() => new(
        "verify", "floor: sha256sum -P 2", TrialRole.Floor, SourceWants.BytesOfArchives(folders.Bundle), () =>
        {
            string folder = folders.New();
            Command command = Command.Script(
                Path.Combine(folder, "run.sh"),
                [$"find '{folders.Unpacked}' -type f -print0 | xargs -0 -P 2 -n 16 sha256sum > '{folder}/sums'"]);
            return Task.FromResult(new PreparedTrial(command)
            {
                Check = _ => DemandSums(Path.Combine(folder, "sums")),
                Folders = [folder],
            });
        });

    /// <summary>A POST and a PUT for each unique blob, 8 at a time, into one repository.</summary>
    public Trial Push() => new(
        "push", "floor: curl -Z, POST and PUT", TrialRole.Floor, source.BlobBytes, async () =>
        {
            string folder = folders.New();
            BenchRegistry target = await BenchRegistry.StartAsync(cancellationToken);
            return new PreparedTrial(Command.Script(Path.Combine(folder, "run.sh"), PushLines(folder, target.Host)))
            {
                Watched = [target],
                Check = _ => WantedBlob.DemandFiles(source.Blobs, target.FileOf, "The floor of push"),
                Folders = [folder],
                Registry = target,
            };
        });

    /// <summary>Every manifest and unique blob, one request at a time on one connection.</summary>
    /// <param name="work">The work it belongs to.</param>
    /// <param name="host">Where the source answers.</param>
    public Trial OneAtATime(string work, string host) => new(
        work, "curl, one request at a time", TrialRole.Serial, source.BlobBytes, () =>
        {
            string folder = folders.New();
            string blobs = Path.Combine(folder, "blobs");
            IEnumerable<string> manifests = source.Plan.References
                .DistinctBy(image => (image.Repository, image.Digest))
                .SelectMany((image, at) => Transfer(
                    $"http://{host}/v2/{image.Repository}/manifests/{image.Digest}",
                    Path.Combine(folder, $"{at}.json")));
            File.WriteAllLines(
                Path.Combine(folder, "curl.conf"), [.. manifests, .. Downloads(host, blobs)]);
            Command command = Command.Script(
                Path.Combine(folder, "run.sh"),
                [$"mkdir '{blobs}'", $"{Curl} --header '{Accept}' --config '{folder}/curl.conf'"]);
            return Task.FromResult(new PreparedTrial(command)
            {
                Watched = [source.Registry],
                Check = _ => DemandBlobs(blobs, "curl"),
                Folders = [folder],
            });
        });

    /// <summary>Downloads what the floor of push sends, and unpacks what that of verify reads; not measured.</summary>
    /// <param name="unpacks">Whether the bundle is there and is to be unpacked.</param>
    public async Task PrepareFilesAsync(bool unpacks)
    {
        string folder = folders.New();
        await using PreparedTrial pull = PullInto(folders.Blobs, folder, [folder]);
        (ProcessOutcome outcome, _) = await MeasuredProcess.RunAsync(pull.Command, cancellationToken);
        outcome.DemandSuccess("The first download of curl");
        pull.Check(outcome);
        if (unpacks)
        {
            // Layouts of two archives may have one path: each archive gets a folder.
            Command unpack = Command.Script(
                Path.Combine(folder, "unpack.sh"),
                new DirectoryInfo(folders.Bundle).EnumerateFiles("*.tar").Select(archive =>
                    $"mkdir '{folders.Unpacked}/{archive.Name}' && "
                        + $"tar -xf '{archive.FullName}' -C '{folders.Unpacked}/{archive.Name}'"));
            (outcome, _) = await MeasuredProcess.RunAsync(unpack, cancellationToken);
            outcome.DemandSuccess("tar");
        }
    }

    private PreparedTrial PullInto(string blobs, string folder, IReadOnlyList<string> own)
    {
        File.WriteAllLines(Path.Combine(folder, "curl.conf"), Downloads(source.Registry.Host, blobs));
        Command command = Command.Script(
            Path.Combine(folder, "run.sh"),
            [
                $"mkdir -p '{blobs}'",
                $"{Parallel} --config '{folder}/curl.conf'",
                $"cd '{blobs}'",
                $"ls | {Sums} > '{folder}/sums'",
            ]);
        return new PreparedTrial(command)
        {
            Watched = [source.Registry],
            Check = _ =>
            {
                DemandBlobs(blobs, "curl");
                DemandSums(Path.Combine(folder, "sums"));
            },
            Folders = own,
        };
    }

    // Sessions of one repository are alike, so any Location takes any blob.
    private IEnumerable<string> PushLines(string folder, string host)
    {
        string start = $"http://{host}/v2/floor/blobs/uploads/";
        File.WriteAllLines(
            Path.Combine(folder, "posts.conf"), source.Blobs.SelectMany(_ => Transfer(start, "/dev/null")));
        File.WriteAllLines(
            Path.Combine(folder, "blobs"), source.Blobs.Select(blob => $"{blob.Digest} {folders.Blobs}/{blob.Hex}"));
        return
        [
            $"cd '{folder}'",
            $"{Parallel} --data '' --write-out '%header{{location}}\\n' --config posts.conf > locations",
            "paste -d ' ' locations blobs | awk '{ print \"url = \\\"\" $1 \"&digest=\" $2 \"\\\"\"; "
                + "print \"upload-file = \\\"\" $3 \"\\\"\" }' > puts.conf",
            $"{Parallel} --header 'Expect:' --header 'Content-Type: application/octet-stream' --config puts.conf",
        ];
    }

    private IEnumerable<string> Downloads(string host, string blobs) => source.Blobs.SelectMany(blob =>
        Transfer($"http://{host}/v2/{blob.Repository}/blobs/{blob.Digest}", Path.Combine(blobs, blob.Hex)));

    private static string[] Transfer(string url, string file) => [$"url = \"{url}\"", $"output = \"{file}\""];

    private void DemandBlobs(string folder, string what) =>
        WantedBlob.DemandFiles(source.Blobs, blob => Path.Combine(folder, blob.Hex), what);

    // Files of blobs are named by their sums; what else an archive holds is a layout's index or its mark.
    private void DemandSums(string file)
    {
        HashSet<string> right = [];
        foreach (string[] words in File.ReadLines(file).Select(line => line.Split(' ', 2)))
        {
            string name = Path.GetFileName(words[1].TrimStart());
            if (name.Length == words[0].Length && name != words[0])
            {
                throw new BenchFailureException($"sha256sum says {words[0]} of {name}.");
            }

            right.Add(name);
        }

        int summed = source.Blobs.Count(blob => right.Contains(blob.Hex));
        if (summed != source.Blobs.Count)
        {
            throw new BenchFailureException($"sha256sum read {summed} of {source.Blobs.Count} blobs.");
        }
    }
}
