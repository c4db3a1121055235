using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mirror.Engine.Report;

/// <summary>Plans and reports as JSON; the members are described in docs/report.md.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(MirrorPlan plan, BundleChanges? changes) => Write(json =>
    {
        json.WriteString("format", "deckhouse-mirror-plan/1");
        WritePlan(json, plan);
        WriteChanges(json, changes);
    });

    public static string Of(MirrorReport report) => Write(json =>
    {
        json.WriteString("format", "deckhouse-mirror-report/1");
        json.WriteString("verb", VerbOf(report));
        json.WriteNumber("seconds", Math.Round(report.Duration.TotalSeconds, 3));
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("transferredBytes", report.TransferredBytes);
        json.WriteStartArray("files");
        foreach (ReportedFile file in report.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteNumber("images", file.Images);
            WriteText(json, "gostDigest", file.GostDigest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("believedArchives");
        foreach (string archive in report.BelievedArchives)
        {
            json.WriteStringValue(archive);
        }

        json.WriteEndArray();
        WritePush(json, report);
        WriteFaults(json, "warnings", report.Warnings);
        WriteChanges(json, report.Changes);
        json.WriteStartObject("plan");
        WritePlan(json, report.Plan);
        json.WriteEndObject();
    });

    public static string Of(GostRecord record) => Write(json =>
    {
        json.WriteString("format", "deckhouse-mirror-gost/1");
        json.WriteString("result", record.Result);
        json.WriteString("algorithm", "GOST R 34.11-2012, 256 bits");
        json.WriteString("kernel", record.Kernel);
        json.WriteString("finished", record.Finished.UtcDateTime);
        json.WriteNumber("seconds", Math.Round(record.Duration.TotalSeconds, 3));
        json.WriteStartArray("files");
        foreach (GostRecordFile file in record.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("result", file.Result);
            WriteText(json, "code", file.Code);
            WriteText(json, "expected", file.Expected);
            WriteText(json, "gostDigest", file.Actual);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string VerbOf(MirrorReport report) => report.Verb switch
    {
        MirrorVerb.Pull => "pull",
        MirrorVerb.Push => "push",
        MirrorVerb.Sync => "sync",
        _ => "verify",
    };

    private static void WritePush(Utf8JsonWriter json, MirrorReport report)
    {
        if (report.Verb is not (MirrorVerb.Push or MirrorVerb.Sync))
        {
            return;
        }

        json.WriteNumber("sentBlobs", report.SentBlobs);
        json.WriteNumber("mountedBlobs", report.MountedBlobs);
        json.WriteNumber("mountedBytes", report.MountedBytes);
        json.WriteNumber("alreadyThereBlobs", report.AlreadyThereBlobs);
        json.WriteNumber("alreadyThereBytes", report.AlreadyThereBytes);
        json.WriteStartArray("repositories");
        foreach (ReportedRepository repository in report.Repositories)
        {
            json.WriteStartObject();
            json.WriteString("repository", repository.Repository);
            json.WriteNumber("pushed", repository.Pushed);
            json.WriteNumber("alreadyThere", repository.AlreadyThere);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, BundleChanges? changes)
    {
        if (changes is null)
        {
            return;
        }

        json.WriteStartObject("changes");
        WriteImages(json, "added", changes.Added);
        WriteImages(json, "moved", changes.Moved);
        WriteImages(json, "gone", changes.Gone);
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, string name, IEnumerable<ChangedImage> images)
    {
        json.WriteStartArray(name);
        foreach (ChangedImage image in images)
        {
            json.WriteStartObject();
            json.WriteString("archive", image.Archive);
            json.WriteString("path", image.Path);
            json.WriteString("tag", image.Tag);
            WriteText(json, "digest", image.Digest?.ToString());
            WriteText(json, "was", image.Was?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WritePlan(Utf8JsonWriter json, MirrorPlan plan)
    {
        json.WriteString("source", plan.Source);
        WriteText(json, "target", plan.Target);
        json.WriteNumber("images", plan.ImageCount);
        json.WriteNumber("bytes", plan.FileBytes);
        json.WriteNumber("downloadBytes", plan.TransferBytes);
        json.WriteNumber("planRequests", plan.Requests);
        json.WriteStartArray("archives");
        foreach (PlannedArchive archive in plan.Archives)
        {
            json.WriteStartObject();
            json.WriteString("name", archive.Name);
            json.WriteNumber("bytes", archive.FileBytes);
            json.WriteStartArray("layouts");
            foreach (PlannedLayout layout in archive.Layouts)
            {
                WriteLayout(json, layout);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (PlannedFile file in plan.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFaults(json, "notes", plan.Notes);
    }

    private static void WriteLayout(Utf8JsonWriter json, PlannedLayout layout)
    {
        json.WriteStartObject();
        json.WriteString("path", layout.Path);
        json.WriteStartArray("images");
        foreach (PlannedImage image in layout.Images)
        {
            json.WriteStartObject();
            json.WriteString("repository", image.Repository);
            json.WriteString("tag", image.Tag);
            json.WriteString("digest", image.Digest.ToString());
            json.WriteString("mediaType", image.MediaType);
            json.WriteNumber("bytes", image.TotalBytes);
            json.WriteString("reason", image.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, string name, IEnumerable<Fault> faults)
    {
        json.WriteStartArray(name);
        foreach (Fault fault in faults)
        {
            json.WriteStartObject();
            json.WriteString("code", fault.Code);
            json.WriteString("message", fault.Message);
            json.WriteString("advice", fault.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
