namespace Mirror.Engine.Tests.House;

/// <summary>Who may use whom inside the engine: docs/architecture.md#who-may-use-whom.</summary>
internal static class RoomTable
{
    /// <summary>Each room with the rooms it may use. Every room may use <c>Errors</c> and itself as well.</summary>
    public static IReadOnlyDictionary<string, string[]> Rooms { get; } = WithFlows(new()
    {
        ["Errors"] = [],
        ["Versions"] = [],
        ["Oci"] = [],
        ["Streams"] = [],
        ["Disk"] = ["Streams"],
        ["Archives"] = ["Oci"],
        ["Hashing"] = [],
        ["Events"] = [],
        ["Settings/Ends"] = ["Oci"],
        ["Settings"] = ["Versions", "Oci", "Settings/Ends"],
        ["Settings/Texts"] = ["Versions", "Settings"],
        ["Settings/Table"] = ["Versions", "Settings/Ends", "Settings", "Settings/Texts"],
        ["Settings/Checks"] = ["Oci", "Settings/Ends", "Settings", "Settings/Texts", "Settings/Table"],
        ["Registry/Wire"] = ["Oci", "Disk", "Events", "Settings/Ends"],
        ["Registry/Credentials"] = ["Oci", "Disk", "Events", "Settings/Ends", "Registry/Wire"],
        ["Registry/Login"] = ["Oci", "Settings/Ends", "Registry/Wire", "Registry/Credentials"],
        ["Registry/Sending"] = ["Events", "Settings/Ends", "Registry/Wire", "Registry/Login"],
        ["Registry/Reading"] = ["Oci", "Streams", "Events", "Settings/Ends", "Registry/Wire", "Registry/Sending"],
        ["Registry/Writing"] =
        [
            "Oci", "Events", "Settings/Ends", "Registry/Wire", "Registry/Sending", "Registry/Reading",
        ],
        ["Registry"] =
        [
            "Oci", "Events", "Settings/Ends", "Registry/Wire", "Registry/Credentials", "Registry/Login",
            "Registry/Sending", "Registry/Reading", "Registry/Writing",
        ],
        ["Spool"] = ["Oci", "Streams", "Disk", "Registry/Wire", "Registry/Reading", "Registry"],
        ["Plan"] = ["Versions", "Oci"],
        ["Plan/Have"] = ["Oci", "Settings", "Plan"],
        ["Transfer"] = ["Oci", "Streams", "Events", "Settings/Ends", "Plan"],
        ["Bundles/Format"] = ["Oci", "Archives", "Plan"],
        ["Bundles"] = ["Oci", "Disk", "Plan", "Bundles/Format"],
        ["Bundles/Records"] = ["Oci", "Plan", "Bundles/Format"],
        ["Bundles/Sums"] = ["Disk", "Hashing"],
        ["Bundles/Commit"] = ["Oci", "Plan", "Bundles/Format", "Bundles", "Bundles/Records", "Bundles/Sums"],
        ["Bundles/Journal"] = ["Oci", "Disk", "Plan", "Bundles/Format", "Bundles"],
        ["Bundles/Reading"] =
        [
            "Oci", "Disk", "Archives", "Plan", "Plan/Have", "Bundles/Format", "Bundles", "Bundles/Records",
        ],
        ["Bundles/Writing"] =
        [
            "Oci", "Disk", "Hashing", "Plan", "Bundles/Format", "Bundles", "Bundles/Records", "Bundles/Sums",
            "Bundles/Commit", "Bundles/Journal",
        ],
        ["Deckhouse/Source"] =
        [
            "Versions", "Oci", "Archives", "Settings/Ends", "Settings", "Registry/Wire", "Registry", "Spool", "Plan",
        ],
        ["Deckhouse/Platform"] = ["Versions", "Settings", "Plan", "Deckhouse/Source"],
        ["Deckhouse/Catalogue"] = ["Versions", "Oci", "Settings", "Plan", "Deckhouse/Source"],
        ["Deckhouse/Plugins"] = ["Versions", "Oci", "Events", "Settings", "Registry/Wire", "Plan", "Deckhouse/Source"],
        ["Deckhouse/Locked"] = ["Versions", "Oci", "Settings", "Plan", "Deckhouse/Source"],
        ["Deckhouse"] =
        [
            "Versions", "Events", "Settings/Ends", "Settings", "Settings/Checks", "Registry", "Spool", "Plan",
            "Deckhouse/Source", "Deckhouse/Platform", "Deckhouse/Catalogue", "Deckhouse/Plugins", "Deckhouse/Locked",
        ],
        ["Deckhouse/Target"] = ["Versions", "Oci", "Settings/Ends", "Plan", "Deckhouse/Source"],
        ["Ends"] =
        [
            "Oci", "Streams", "Events", "Settings", "Registry/Wire", "Registry/Reading", "Registry", "Spool", "Plan",
            "Transfer", "Bundles/Reading", "Bundles/Writing",
        ],
        ["Verify"] =
        [
            "Oci", "Disk", "Hashing", "Events", "Bundles/Format", "Bundles", "Bundles/Sums", "Bundles/Reading",
        ],
        ["Report"] = ["Oci", "Events", "Plan"],
        ["Report/Diff"] = ["Versions", "Oci", "Plan", "Deckhouse/Source", "Report"],
        ["Report/Targets"] = ["Oci", "Events", "Plan", "Settings", "Report"],
        ["Flows/Runs"] =
        [
            "Oci", "Disk", "Hashing", "Events", "Settings/Ends", "Settings", "Settings/Texts", "Settings/Table",
            "Registry/Wire", "Registry/Credentials", "Registry", "Spool", "Plan", "Bundles", "Bundles/Reading",
            "Deckhouse/Source", "Deckhouse", "Ends", "Report", "Report/Diff", "Report/Targets",
        ],
        ["Flows/Targets"] =
        [
            "Versions", "Oci", "Events", "Settings", "Settings/Checks", "Registry", "Plan", "Deckhouse/Source",
            "Deckhouse/Target", "Ends", "Report/Diff", "Report/Targets", "Flows/Runs",
        ],
        ["Flows/Merging"] =
        [
            "Oci", "Disk", "Plan", "Transfer", "Bundles/Format", "Bundles", "Bundles/Records", "Bundles/Reading",
            "Ends", "Flows/Runs",
        ],
    });

    /// <summary>Reads the table out of the architecture's text: the one whose header is "folder | may use".</summary>
    public static Dictionary<string, string[]> Parse(string markdown)
    {
        var table = new Dictionary<string, string[]>();
        var rows = markdown.Split('\n').Select(line => line.Trim())
            .SkipWhile(line => !line.StartsWith("| folder | may use |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        foreach (var cells in rows.Select(row => row.Trim('|').Split('|')))
        {
            var allowed = Names(cells[1]) switch
            {
                ["-"] => [],
                ["all of the above"] => table.Keys.ToArray(),
                var names => names,
            };
            foreach (var room in Names(cells[0]))
            {
                table.Add(room, allowed);
            }
        }

        return table;
    }

    // The flows are written in terms of every room, the verbs in terms of the flows; a host runs the verbs.
    private static Dictionary<string, string[]> WithFlows(Dictionary<string, string[]> rooms) => new(rooms)
    {
        ["Flows"] = [.. rooms.Keys],
        ["the root"] = [.. rooms.Keys, "Flows"],
        ["Hosting"] =
        [
            "Disk", "Events", "Settings/Ends", "Settings", "Settings/Texts", "Settings/Table", "Settings/Checks",
            "Plan", "Report", "Report/Diff", "Report/Targets", "Flows/Runs", "Flows", "the root",
        ],
    };

    private static string[] Names(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
