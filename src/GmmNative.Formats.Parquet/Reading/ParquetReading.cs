namespace GmmNative.Formats.Parquet.Reading;

/// <summary>Waits for the methods of the Parquet library, which are all asynchronous.</summary>
internal static class ParquetReading
{
    public static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    public static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    public static void Wait(Task task) => task.GetAwaiter().GetResult();
}
