using System.Text;
using Mirror.Engine.Oci;

namespace Mirror.Engine.Tests.Oci;

/// <summary>
/// A change of an image manifest that programs read in different ways, or that no registry can be sent: refused where
/// it comes from and where it goes to.
/// </summary>
/// <param name="Name">What was done, for people.</param>
/// <param name="Apply">Does it to the JSON of a manifest without blanks.</param>
internal sealed record AmbiguousManifest(string Name, Func<byte[], byte[]> Apply)
{
    public static IReadOnlyList<AmbiguousManifest> All { get; } =
    [
        Member("layers twice", "\"layers\":[]"),
        Member("layers twice, once with an escape", "\"l\\u0061yers\":[]"),
        Member("config twice", "\"config\":null"),
        Member("subject twice", "\"subject\":null,\"subject\":null"),
        Member("the digest of a subject twice", "\"subject\":{\"digest\":\"a\",\"digest\":\"b\",\"size\":1}"),
        Member("an annotation twice", "\"annotations\":{\"a\":\"1\",\"a\":\"2\"}"),
        Member("layers in another case", "\"Layers\":[]"),
        Member("a subject that is one for Unicode's folding only", "\"\u017fubject\":null"),
        Member("half a surrogate pair in an annotation", "\"annotations\":{\"a\":\"\\ud800\"}"),
        Member("half a surrogate pair in a name", "\"annotations\":{\"\\udc00\":\"a\"}"),
        new("no UTF-8 in an annotation", json => [.. json[..^1], .. ",\"annotations\":{\"a\":\""u8, 0xff, .. "\"}}"u8]),
        Type("a media type without a slash", "foo"),
        Type("a media type with a blank", "application/a b"),
        Type("a media type with a parameter", MediaType.OciManifest + "; charset=utf-8"),
        Type("a media type that is not ASCII", "application/\u043e"),
        Type("a media type with a line break", "application/a\\nb"),
        Text("a layer of no byte with the digest of another", json =>
        {
            int layers = json.IndexOf("\"layers\"", StringComparison.Ordinal);
            int size = json.IndexOf("\"size\":", layers, StringComparison.Ordinal) + 7;
            int end = json.AsSpan(size).IndexOfAny(',', '}') + size;
            return json[..size] + "0" + json[end..];
        }),
        Text("an empty layer of some bytes", json =>
        {
            int layers = json.IndexOf("\"layers\"", StringComparison.Ordinal);
            int digest = json.IndexOf("\"sha256:", layers, StringComparison.Ordinal) + 1;
            return json[..digest] + Digest.OfSha256([]) + json[(digest + 71)..];
        }),
        Text("schema 1 that only its number tells", _ =>
            """{"schemaVersion":1,"name":"x","tag":"3","fsLayers":[{"blobSum":"sha256:00"}],"signatures":[]}"""),
    ];

    public static AmbiguousManifest Of(string name) => All.Single(manifest => manifest.Name == name);

    private static AmbiguousManifest Member(string name, string member) =>
        Text(name, json => $"{json[..^1]},{member}}}");

    private static AmbiguousManifest Type(string name, string type) => Text(
        name, json => json.Replace($"\"{MediaType.OciManifest}\"", $"\"{type}\"", StringComparison.Ordinal));

    private static AmbiguousManifest Text(string name, Func<string, string> change) =>
        new(name, json => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(json))));
}
