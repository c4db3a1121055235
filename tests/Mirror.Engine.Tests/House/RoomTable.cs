namespace Mirror.Engine.Tests.House;

/// <summary>Who may use whom inside the engine: docs/architecture.md#3-the-engine-room-by-room.</summary>
internal static class RoomTable
{
    /// <summary>Each room with the rooms it may use. Every room may use <c>Errors</c> and itself as well.</summary>
    public static IReadOnlyDictionary<string, string[]> Rooms { get; } = new Dictionary<string, string[]>
    {
        ["Errors"] = [],
        ["Versions"] = [],
        ["Oci"] = [],
        ["Disk"] = [],
        ["Archives"] = ["Oci"],
        ["Hashing"] = ["Oci"],
        ["Events"] = ["Oci"],
        ["Settings"] = ["Versions", "Oci"],
        ["Registry"] = ["Oci", "Hashing", "Settings", "Events", "Disk"],
        ["Plan"] = ["Oci", "Versions", "Settings", "Events"],
        ["Transfer"] = ["Plan", "Oci", "Hashing", "Settings", "Events"],
        ["Bundles"] = ["Plan", "Archives", "Oci", "Hashing", "Settings", "Disk"],
        ["Deckhouse"] = ["Registry", "Plan", "Archives", "Versions", "Oci", "Settings", "Events"],
        ["Ends"] = ["Transfer", "Plan", "Registry", "Bundles", "Oci", "Settings", "Events"],
        ["Verify"] = ["Bundles", "Plan", "Hashing", "Oci", "Settings", "Events", "Disk"],
        ["Report"] = ["Plan", "Oci", "Events"],
        ["Flows"] =
        [
            "Errors", "Versions", "Oci", "Disk", "Archives", "Hashing", "Events", "Settings", "Registry", "Plan",
            "Transfer", "Bundles", "Deckhouse", "Ends", "Verify", "Report",
        ],
    };

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

    private static string[] Names(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
